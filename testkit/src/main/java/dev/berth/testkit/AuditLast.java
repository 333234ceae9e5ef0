package dev.berth.testkit;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Makes a test's database refuse what two transactions could lock each other out with: whoever appends to the audit trail holds its
 * head until the end, so a row that is written behind that may be held by somebody who waits for the head.
 */
final class AuditLast {
    private static final String TRIGGERS = """
            create schema audit_last;
            grant usage on schema audit_last to public;

            create function audit_last.note() returns trigger language plpgsql as $$
            begin
                perform set_config('audit_last.appended', 'yes', true);
                return null;
            end $$;

            create function audit_last.refuse() returns trigger language plpgsql as $$
            begin
                if current_setting('audit_last.appended', true) = 'yes' then
                    raise 'a % of % stands behind an append to the audit trail', lower(tg_op), tg_table_name;
                end if;
                return null;
            end $$;

            create trigger audit_last after update on audit_heads execute function audit_last.note();

            do $$
            declare
                name text;
            begin
                for name in
                    select tablename from pg_tables
                    where schemaname = 'public' and tablename not in ('audit_heads', 'audit_events')
                loop
                    execute format(
                        'create trigger audit_last before insert or update or delete on public.%I'
                        ' execute function audit_last.refuse()', name);
                end loop;
            end $$;
            """;

    private AuditLast() {}

    static void require(Connection owner) throws SQLException {
        try (Statement statement = owner.createStatement()) {
            statement.execute(TRIGGERS);
        }
    }
}
