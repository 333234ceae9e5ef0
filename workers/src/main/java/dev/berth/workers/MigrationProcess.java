package dev.berth.workers;

import dev.berth.settings.Variable;
import dev.berth.store.Migrations;
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
        Migrations.migrate(Needed.value(Variable.DATABASE_OWNER_URL), Needed.value(Variable.DATABASE_URL));
        LOG.info("the database is at this version");
    }
}
