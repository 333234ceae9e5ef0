package dev.berth.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.domain.DeploymentRef;
import dev.berth.domain.ServiceRef;
import dev.berth.domain.ServiceState;
import dev.berth.testkit.TestDatabase;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.jdbc.PreferQueryMode;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Where ten thousand organisations have ten services each, and ten thousand services some history, a page costs a look into an index
 * and no walk over the table.
 */
class ListPlanTests {
    private static final TestDatabase DATABASE = TestDatabase.fresh();
    private static UUID organization = new UUID(0, 0);

    @BeforeAll
    static void crowd() {
        JdbcClient owner = JdbcClient.create(DATABASE.ownerDataSource());
        // Replicas do not check again what their source has checked: the rows are right, and this is ten times as fast.
        owner.sql("""
                set session_replication_role = replica;
                insert into organizations (id, name, slug)
                select uuidv7(), 'Org', 'o' || n from generate_series(1, 10000) n;
                insert into container_services (id, organization_id, name, slug, host, git_url, git_branch, replicas,
                    cpu_millis, memory_mb, port, health_path, status, created_at)
                select uuidv7(), o.id, 'App', 's' || n, o.slug || '-' || n, 'https://git.example.org/a/b.git', 'main', 1,
                    500, 256, 8080, '/', 'running', now() - n * interval '1 minute'
                from organizations o, generate_series(1, 10) n;
                create temporary table busy as select organization_id, id from container_services limit 10000;
                insert into container_builds (id, organization_id, service_id, status, git_url, git_branch, finished_at)
                select uuidv7(), organization_id, id, 'failed', 'https://git.example.org/a/b.git', 'main', now()
                from busy, generate_series(1, 5);
                insert into container_deployments (id, organization_id, service_id, status, cpu_millis, memory_mb, port,
                    health_path, env, finished_at)
                select uuidv7(), organization_id, id, 'failed', 500, 256, 8080, '/', '{}', now()
                from busy, generate_series(1, 5);
                insert into operations (id, organization_id, service_id, kind, status, finished_at)
                select uuidv7(), organization_id, id, 'deploy', 'failed', now() from busy, generate_series(1, 5);
                create temporary table built as select uuidv7() as id, organization_id, id as service_id
                from busy, generate_series(1, 20);
                insert into container_builds (id, organization_id, service_id, status, git_url, git_branch, image_digest,
                    bytes_pushed, finished_at)
                select id, organization_id, service_id, 'succeeded', 'https://git.example.org/a/b.git', 'main',
                    'sha256:' || repeat('a', 64), 1000000, now() from built;
                insert into container_deployments (id, organization_id, service_id, build_id, status, cpu_millis, memory_mb,
                    port, health_path, env, finished_at, removed_at)
                select uuidv7(), organization_id, service_id, id, 'failed', 500, 256, 8080, '/', '{}', now(), now() from built
                """).update();
        owner.sql("analyze").update();
        organization = owner.sql("select id from organizations where slug = 'o5000'")
                .query(UUID.class)
                .single();
    }

    @Test
    void theFirstPageAndTheNextAreReadFromTheIndex() {
        assertThat(plan(Services.Filter.NONE))
                .contains("Index Scan")
                .contains("container_services_")
                .doesNotContain("Seq Scan");
    }

    @Test
    void aListOfOneStateIsReadFromAnIndex() {
        assertThat(plan(new Services.Filter(
                        Optional.of(ServiceState.RUNNING), Optional.empty(), Optional.empty(), Optional.empty())))
                .contains("Index Scan")
                .doesNotContain("Seq Scan");
    }

    @Test
    void aSearchAndATemplateWalkNoFurtherThanTheirOrganisation() {
        assertThat(plan(new Services.Filter(
                        Optional.empty(), Optional.of(new UUID(0, 1)), Optional.of("shop"), Optional.empty())))
                .contains("Index")
                .contains("organization_id = ")
                .doesNotContain("Seq Scan");
    }

    @Test
    void whatWasDoneToAServiceIsReadFromIndexes() {
        ServiceRef service = new ServiceRef(organization, new UUID(0, 1));
        assertThat(plan(source -> new Operations(source).page(service, Cursor.START, 51)))
                .contains("Index Scan using operations_")
                .doesNotContain("Seq Scan");
        assertThat(plan(source -> new Deployments(source).page(service, Cursor.START, 51)))
                .contains("Index Scan using container_deployments_")
                .doesNotContain("Seq Scan");
        assertThat(plan(source -> new Builds(source).page(service, Cursor.START, 51)))
                .contains("Index Scan using container_builds_")
                .doesNotContain("Seq Scan");
    }

    @Test
    void theStorageOfAnOrganisationIsSummedUpFromWhatIsKept() {
        assertThat(plan(source -> List.of(new Utilisation(source).now(organization)), "organization_usage"))
                .contains("container_deployments_kept")
                .doesNotContain("Seq Scan on container_builds")
                .doesNotContain("Seq Scan on container_deployments");
    }

    @Test
    void whetherAServiceWasDeletedIsReadFromAnIndex() {
        DeploymentRef unknown = new DeploymentRef(organization, new UUID(0, 1), new UUID(0, 2));
        assertThat(plan(source -> List.of(new DriftRows(source).traces(List.of(unknown))), "kind = 'delete'"))
                .contains("operations_deleted");
    }

    @Test
    void aQuestionWithoutAnIndexIsSeenToWalk() {
        // Or the tests above could not fail.
        assertThat(String.join(
                        "\n",
                        JdbcClient.create(DATABASE.ownerDataSource())
                                .sql("explain select * from container_services where git_branch = 'main'")
                                .query(String.class)
                                .list()))
                .contains("Seq Scan");
    }

    private static String plan(Services.Filter filter) {
        return plan(source -> new Services(source).page(organization, filter, Cursor.START, 51));
    }

    /** Of the very statement that the store sends, as a tenant, so with the policy's condition. */
    private static String plan(Function<DataSource, List<?>> page) {
        return plan(page, "order by created_at desc");
    }

    /** @param words of the statement that is meant */
    private static String plan(Function<DataSource, List<?>> page, String words) {
        List<String> sent = new ArrayList<>();
        DataSource listening = listening(DATABASE.dataSource(), sent);
        new Tenancy(listening).inOrg(organization, () -> page.apply(listening));
        return explain(
                sent.stream().filter(sql -> sql.contains(words)).findFirst().orElseThrow());
    }

    private static String explain(String sql) {
        StringBuilder numbered = new StringBuilder();
        int number = 0;
        for (char c : sql.toCharArray()) {
            numbered.append(c == '?' ? "$" + ++number : String.valueOf(c));
        }
        // The extended protocol would ask for the values, and a plan for all values is wanted.
        PGSimpleDataSource simple = Migrations.dataSource(DATABASE.url());
        simple.setPreferQueryMode(PreferQueryMode.SIMPLE);
        return String.join(
                "\n",
                new Tenancy(simple)
                        .inOrg(
                                organization,
                                () -> JdbcClient.create(simple)
                                        .sql("explain (generic_plan) " + numbered)
                                        .query(String.class)
                                        .list()));
    }

    private static DataSource listening(DataSource source, List<String> sent) {
        return proxy(
                DataSource.class,
                source,
                (name, argument, result) -> result instanceof Connection connection
                        ? proxy(Connection.class, connection, (called, sql, statement) -> {
                            if (called.equals("prepareStatement")) {
                                sent.add(sql);
                            }
                            return statement;
                        })
                        : result);
    }

    private static <T> T proxy(Class<T> type, T real, Heard heard) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    Object result = method.invoke(real, arguments);
                    String first = arguments != null && arguments.length > 0 && arguments[0] instanceof String text
                            ? text
                            : "";
                    return heard.called(method.getName(), first, result);
                }));
    }

    private interface Heard {
        @org.jspecify.annotations.Nullable
        Object called(String method, String argument, @org.jspecify.annotations.Nullable Object result);
    }
}
