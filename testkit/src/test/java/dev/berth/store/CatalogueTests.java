package dev.berth.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.testkit.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Rules that every table must keep, asked of the database's own catalogue: a table that forgets one fails here by name. */
final class CatalogueTests {
    private static final TestDatabase DATABASE = TestDatabase.fresh();
    private static final JdbcClient JDBC = JdbcClient.create(DATABASE.ownerDataSource());

    @Test
    void everyTableWithUpdatedAtKeepsItByTrigger() {
        assertThat(names("""
                select c.table_name from information_schema.columns c
                where c.table_schema = 'public' and c.column_name = 'updated_at'
                  and not exists (
                      select from information_schema.triggers t
                      where t.event_object_table = c.table_name and t.action_statement like '%touch_updated_at%'
                        and t.event_manipulation = 'UPDATE' and t.action_timing = 'BEFORE')
                """)).isEmpty();
    }

    @Test
    void everyForeignKeyHasAnIndexThatBeginsWithItsColumns() {
        assertThat(names("""
                select con.conrelid::regclass || '.' || con.conname from pg_constraint con
                where con.contype = 'f' and con.connamespace = 'public'::regnamespace
                  and not exists (
                      select from pg_index i
                      where i.indrelid = con.conrelid
                        and (i.indkey::int2[])[0:cardinality(con.conkey) - 1] @> con.conkey)
                  -- a key of several columns whose last one is indexed alone narrows to one row as well
                  and not exists (
                      select from pg_index i
                      where i.indrelid = con.conrelid and cardinality(con.conkey) > 1
                        and (i.indkey::int2[])[0] = con.conkey[cardinality(con.conkey)])
                """)).isEmpty();
    }

    @Test
    void everyStatusAndEveryTimeThatListsSortByIsIndexed() {
        assertThat(names("""
                select c.table_name || '.' || c.column_name from information_schema.columns c
                where c.table_schema = 'public' and c.table_name <> 'flyway_schema_history'
                  and c.column_name in ('status', 'created_at') and c.table_name not in ('build_log_chunks')
                  and not exists (
                      select from pg_index i
                      join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any (i.indkey::int2[])
                      where i.indrelid = c.table_name::regclass and a.attname = c.column_name)
                """)).isEmpty();
    }

    @Test
    void everyTableOfOrganisationsHasBothWallsAndBothPolicies() {
        assertThat(names("""
                select c.table_name from information_schema.columns c
                join pg_class t on t.oid = c.table_name::regclass
                where c.table_schema = 'public' and (c.column_name in ('organization_id', 'chain_id') or c.table_name = 'organizations')
                  and t.relkind <> 'v'
                  and not (t.relrowsecurity and t.relforcerowsecurity
                      and (select count(*) from pg_policy p
                           where p.polrelid = t.oid and p.polname in ('tenant', 'platform')) = 2)
                """)).isEmpty();
    }

    @Test
    void everyViewOfOrganisationsLooksWithItsReadersRights() {
        assertThat(names("""
                select c.table_name from information_schema.columns c
                join pg_class t on t.oid = c.table_name::regclass
                where c.table_schema = 'public' and c.column_name in ('organization_id', 'chain_id') and t.relkind = 'v'
                  and not coalesce('security_invoker=true' = any (t.reloptions), false)
                """)).isEmpty();
    }

    @Test
    void theLoginOfTheProcessesOwnsNothingAndMayDoNothingByItself() {
        assertThat(names("select tablename from pg_tables where tableowner like 'berth%'"))
                .isEmpty();
        assertThat(names("""
                select table_name from information_schema.role_table_grants where grantee in ('berth_app', 'PUBLIC')
                and table_schema = 'public'
                """)).isEmpty();
        assertThat(JDBC.sql("select rolinherit or rolsuper or rolbypassrls from pg_roles where rolname = 'berth_app'")
                        .query(Boolean.class)
                        .single())
                .isFalse();
    }

    @Test
    void noStatementOfTheProcessesRunsForEver() {
        JdbcClient app = JdbcClient.create(DATABASE.dataSource());
        assertThat(app.sql("show statement_timeout").query(String.class).single())
                .isEqualTo(Migrations.STATEMENT_TIMEOUT);
        assertThat(DATABASE.tenancy()
                        .asPlatform(
                                "test",
                                () -> app.sql("show statement_timeout")
                                        .query(String.class)
                                        .single()))
                .as("in a transaction, with its role")
                .isEqualTo(Migrations.STATEMENT_TIMEOUT);
    }

    @Test
    void nobodyElseHasAPolicyButWhoRecognisesCallersAndOnlyReads() {
        assertThat(names("""
                select polrelid::regclass || '.' || polname from pg_policy
                where polname not in ('tenant', 'platform')
                  and not (polcmd = 'r' and polroles = array['berth_recognition'::regrole::oid])
                """)).isEmpty();
        assertThat(names("""
                select table_name || '.' || privilege_type from information_schema.role_table_grants
                where grantee = 'berth_recognition'
                union all
                select table_name || '.' || column_name || '.' || privilege_type from information_schema.column_privileges
                where grantee = 'berth_recognition'
                  and (privilege_type <> 'SELECT' or column_name ~ 'password|totp|address')
                """)).isEmpty();
    }

    @Test
    void theLoginMayCallTwoFunctionsThatBelongToARoleWithNothingElse() {
        assertThat(names("""
                select proname from pg_proc
                where prosecdef and proowner = 'berth_recognition'::regrole and prosqlbody is not null
                  and has_function_privilege('berth_app', oid, 'execute')
                  and not has_function_privilege('berth_tenant', oid, 'execute')
                order by 1
                """)).containsExactly("recognize_session", "recognize_token");
        assertThat(names("""
                select coalesce(c.relname, s.nspname) from pg_class c full join pg_namespace s on false
                where 'berth_recognition'::regrole in (c.relowner, s.nspowner)
                """)).isEmpty();
        assertThat(names("""
                select rolname from pg_roles where rolname = 'berth_recognition' and (rolcanlogin or rolsuper or rolbypassrls)
                union all
                select member::regrole::text from pg_auth_members
                where roleid = 'berth_recognition'::regrole and (inherit_option or set_option)
                union all
                select roleid::regrole::text from pg_auth_members where member = 'berth_recognition'::regrole
                """)).isEmpty();
    }

    @Test
    void everyTimeHasAZone() {
        assertThat(names("""
                select table_name || '.' || column_name from information_schema.columns
                where table_schema = 'public' and table_name <> 'flyway_schema_history'
                  and data_type = 'timestamp without time zone'
                """)).isEmpty();
    }

    private static List<String> names(String query) {
        return JDBC.sql(query).query(String.class).list();
    }
}
