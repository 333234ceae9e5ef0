package dev.berth.workers;

import dev.berth.settings.Variable;
import dev.berth.store.Migrations;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the database to this version and ends: before the first start of an installation, and before each start of a newer one.
 * Ends with status 2 where an address is missing.
 */
public final class MigrationProcess {
    private static final Logger LOG = LoggerFactory.getLogger(MigrationProcess.class);

    private MigrationProcess() {}

    public static void main(String[] arguments) {
        Map<String, String> environment = System.getenv();
        for (Variable needed : List.of(Variable.DATABASE_OWNER_URL, Variable.DATABASE_URL)) {
            if (environment.getOrDefault(needed.name(), "").isBlank()) {
                System.err.println(needed.name() + " is missing. " + needed.purpose() + ".");
                System.exit(2);
            }
        }
        Migrations.migrate(
                environment.getOrDefault(Variable.DATABASE_OWNER_URL.name(), ""),
                environment.getOrDefault(Variable.DATABASE_URL.name(), ""));
        LOG.info("the database is at this version");
    }
}
