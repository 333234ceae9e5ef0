package dev.berth.store;

import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * How many builds of an organisation run at once. One more than its limit is not refused: its operation stays pending, says what
 * it waits for, and is claimed when a build has ended, oldest first.
 */
final class BuildSlots {
    private static final String UNDER_WAY = """
            (select count(*) from operations b join container_builds u on u.id = b.build_id
             where b.organization_id = operations.organization_id and b.status = 'running'
               and u.status in ('queued', 'running'))
            """;
    private static final String LIMIT =
            "(select concurrent_builds from organization_limits l where l.organization_id = operations.organization_id)";

    /** Condition on rows of {@code operations}: it waits for nothing that comes by itself, or there is a slot. */
    static final String WORTH_A_LOOK =
            "(waiting_for is null or waiting_for = 'build_slot' and " + UNDER_WAY + " < " + LIMIT + ")";

    private final JdbcClient jdbc;
    private final Quotas quotas;

    BuildSlots(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
        this.quotas = new Quotas(dataSource);
    }

    /** Two services never take the last slot both. Before any row of the queue is held, and before the audit trail's head. */
    void hold(UUID organizationId) {
        quotas.hold(organizationId);
    }

    /**
     * Whether the operation may be claimed; notes why where it may not.
     *
     * @param operation of the organisation whose quota is held
     */
    boolean admits(UUID operation) {
        boolean admitted = jdbc.sql("""
                select status <> 'pending'
                    or not exists (select from container_builds b
                                   where b.id = operations.build_id and b.status in ('queued', 'running'))
                    or
                """ + UNDER_WAY + """
                    + (select count(*) from operations w
                       where w.organization_id = operations.organization_id and w.waiting_for = 'build_slot'
                         and w.status = 'pending' and w.position < operations.position) <
                """ + LIMIT + """
                 from operations where id = ?
                """)
                .param(operation)
                .query(Boolean.class)
                .single();
        if (!admitted) {
            jdbc.sql("update operations set waiting_for = 'build_slot' where id = ? and waiting_for is null")
                    .param(operation)
                    .update();
        }
        return admitted;
    }
}
