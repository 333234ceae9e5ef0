package dev.berth.activities.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.domain.quota.Resource;
import dev.berth.store.Hosts;
import dev.berth.store.Hosts.Seen;
import dev.berth.store.Quotas;
import dev.berth.store.Tenancy;
import dev.berth.store.Utilisation;
import dev.berth.testkit.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.jdbc.core.simple.JdbcClient;

@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class RecalculationTests {
    private static final Duration OFTEN = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final TestDatabase database = TestDatabase.fresh();
    private final Tenancy tenancy = database.tenancy();
    private final Utilisation utilisation = new Utilisation(database.dataSource());
    private final Hosts hosts = new Hosts(database.dataSource());
    private final UUID organization = database.organization();

    @Test
    void sumsUpRaisesAndClearsOverAndOver() throws Exception {
        service();
        limit(1);
        Recalculation recalculation = new Recalculation(database.dataSource(), List::of, OFTEN);
        recalculation.start();
        try {
            await().atMost(PATIENCE).until(() -> openEvents() == 3);
            assertThat(tenancy.inOrg(organization, () -> utilisation.summary(organization))
                            .orElseThrow()
                            .used()
                            .of(Resource.SERVICES))
                    .isEqualTo(1);
            limit(10);
            await().atMost(PATIENCE).until(() -> openEvents() == 0);
            limit(1);
            await().atMost(PATIENCE).until(() -> openEvents() == 3);
        } finally {
            recalculation.close();
        }
        assertThat(tenancy.inOrg(organization, () -> utilisation.events(organization, 50)))
                .hasSize(6);
    }

    @Test
    void writesTheHostsAndGoesOnWhereTheEngineIsAway() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        Seen node = new Seen("n", "host-n", Seen.State.ACTIVE, 4_000, 8L << 30, 0, 0);
        Recalculation recalculation = new Recalculation(
                database.dataSource(),
                () -> {
                    if (asked.incrementAndGet() == 1) {
                        throw new IllegalStateException("The Docker engine does not answer");
                    }
                    return List.of(node);
                },
                OFTEN);
        recalculation.start();
        try {
            await().atMost(PATIENCE)
                    .until(() -> tenancy.asPlatform("test", hosts::room).size() == 1);
        } finally {
            recalculation.close();
        }
    }

    @Test
    void writesTheHostsAlsoWhereTheSumCannotBeMade() throws Exception {
        JdbcClient.create(database.ownerDataSource())
                .sql("revoke insert, update on quota_usage from berth_platform")
                .update();
        Seen node = new Seen("n", "host-n", Seen.State.ACTIVE, 4_000, 8L << 30, 0, 0);
        Recalculation recalculation = new Recalculation(database.dataSource(), () -> List.of(node), OFTEN);
        recalculation.start();
        try {
            await().atMost(PATIENCE)
                    .until(() -> tenancy.asPlatform("test", hosts::room).size() == 1);
        } finally {
            recalculation.close();
        }
    }

    @Test
    void endsAtOnceThoughItsNextTurnIsFarAway() throws Exception {
        Recalculation recalculation = new Recalculation(database.dataSource(), List::of, Duration.ofMinutes(10));
        recalculation.start();
        await().atMost(PATIENCE)
                .until(() -> tenancy.inOrg(organization, () -> utilisation.summary(organization))
                        .flatMap(Utilisation.Summary::recalculatedAt)
                        .isPresent());
        long begin = System.nanoTime();
        recalculation.close();
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(20));
    }

    private void service() {
        JdbcClient.create(database.ownerDataSource())
                .sql("""
                insert into container_services (id, organization_id, name, slug, host, git_url, git_branch, replicas,
                    cpu_millis, memory_mb, port, health_path, status)
                values (gen_random_uuid(), ?, 'Shop', 'shop', 'shop', 'https://git.example/a.git', 'main', 1, 500, 256, 8080,
                    '/', 'pending')
                """)
                .param(organization)
                .update();
    }

    private void limit(long services) {
        Quotas quotas = new Quotas(database.dataSource());
        tenancy.asPlatform("test", () -> quotas.change(organization, Map.of(Resource.SERVICES, services)));
    }

    private long openEvents() {
        return tenancy.inOrg(organization, () -> utilisation.events(organization, 50)).stream()
                .filter(event -> event.clearedAt().isEmpty())
                .count();
    }
}
