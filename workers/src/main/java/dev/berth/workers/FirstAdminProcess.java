package dev.berth.workers;

import dev.berth.settings.Variable;
import dev.berth.store.LocalSeed;
import dev.berth.store.Migrations;
import dev.berth.store.RandomSecret;
import java.util.Optional;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Prints the link by which the first platform admin makes an account, and ends. It goes to the terminal of whoever asked and to no
 * log: a process that stays would keep it where many read. Ends with status 2 where a setting is missing, and with 1 where there
 * is a platform admin already or the database cannot be asked.
 */
public final class FirstAdminProcess {
    private FirstAdminProcess() {}

    public static void main(String[] arguments) {
        String database = Needed.value(Variable.DATABASE_URL);
        String client = Needed.value(Variable.CLIENT_URL).replaceAll("/+$", "");
        try {
            Optional<RandomSecret> link = LocalSeed.firstAdminLink(Migrations.dataSource(database));
            if (link.isEmpty()) {
                System.err.println("There is a platform admin already; sign in at " + client + ".");
                System.exit(1);
            }
            System.out.println("Make the first platform admin's account here, within an hour. The link works once:");
            System.out.println(client + "/welcome?link=" + link.orElseThrow().value());
        } catch (DataAccessException | TransactionException away) {
            System.err.println("The database cannot be asked: " + away.getMessage()
                    + ". See that PostgreSQL runs and that the migrations have ended, then try again.");
            System.exit(1);
        }
    }
}
