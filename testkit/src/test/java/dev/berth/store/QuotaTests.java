package dev.berth.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.domain.DeploymentRef;
import dev.berth.domain.OperationKind;
import dev.berth.domain.OperationRef;
import dev.berth.domain.OperationState;
import dev.berth.domain.ServiceState;
import dev.berth.domain.quota.Amounts;
import dev.berth.domain.quota.Resource;
import dev.berth.store.Utilisation.Event;
import dev.berth.store.Utilisation.Recalculated;
import dev.berth.store.Utilisation.Taken;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Limits, what is used of them, and the events in between; a service of the sample has one replica of 500 and 256. */
final class QuotaTests {
    private final Sample sample = new Sample();
    private final Quotas quotas = new Quotas(sample.source);
    private final Utilisation utilisation = new Utilisation(sample.source);
    private final JdbcClient owner = JdbcClient.create(sample.database.ownerDataSource());

    @Test
    void everyOrganisationHasTheDefaultsButForItsOverrides() {
        Amounts defaults = sample.again(quotas::defaults).limits();
        assertThat(limits()).isEqualTo(defaults);
        override(Map.of(Resource.SERVICES, 3L));
        assertThat(limits()).isEqualTo(defaults.overriddenBy(Map.of(Resource.SERVICES, 3L)));
        override(Map.of());
        assertThat(limits()).isEqualTo(defaults);
        assertThat(sample.again(() -> quotas.find(sample.organization))
                        .orElseThrow()
                        .version())
                .isEqualTo(3);
        sample.tenancy.asPlatform("test", () -> {
            quotas.holdDefaults();
            quotas.changeDefaults(Amounts.each(resource -> 7));
        });
        assertThat(limits()).isEqualTo(Amounts.each(resource -> 7));
    }

    @Test
    void aTenantReadsItsOwnRowsAndChangesNone() {
        UUID other = sample.database.organization();
        recalculate();
        assertThat(sample.again(() -> quotas.limits(other))).isEmpty();
        assertThat(sample.again(() -> quotas.find(other))).isEmpty();
        assertThat(sample.again(() -> utilisation.summary(other))).isEmpty();
        assertThat(sample.again(() -> utilisation.now(other))).isEqualTo(Amounts.NONE);
        for (String write : List.of(
                "update organization_quotas set services = 1000000",
                "insert into organization_quotas (organization_id) values (gen_random_uuid())",
                "delete from organization_quotas",
                "update quota_usage set services = 0",
                "insert into quota_events (organization_id, resource, threshold) values (current_organization(), 'services', 80)",
                "update quota_events set cleared_at = now()",
                "update quota_defaults set services = 1000000",
                "update organization_quotas set held = false")) {
            assertThatThrownBy(() -> sample.again(
                            () -> JdbcClient.create(sample.source).sql(write).update()))
                    .as(write)
                    .isInstanceOf(DataAccessException.class);
        }
        // Or the refusals above might be about anything.
        sample.tenancy.inOrg(sample.organization, () -> quotas.hold(sample.organization));
    }

    @Test
    void aServiceTakesNothingUntilSomethingIsAskedOfIt() {
        assertThat(now()).isEqualTo(new Amounts(Map.of(Resource.SERVICES, 1L)));
        assertThat(taken()).isEmpty();
        sample.queue(OperationKind.DEPLOY);
        assertThat(taken()).contains(new Taken(1, 500, 256));
        assertThat(now().of(Resource.CPU_MILLIS)).isEqualTo(500);
        assertThat(now().of(Resource.MEMORY_MB)).isEqualTo(256);
    }

    @Test
    void whatServesCountsByItsOwnSizeAndOnceWhileALargerOneComesUp() {
        DeploymentRef serving = sample.deployment();
        sample.tenancy.inOrg(sample.organization, () -> {
            sample.services.setCurrentDeployment(sample.service.ref(), Optional.of(serving.deploymentId()));
            sample.services.observe(sample.service.ref(), ServiceState.RUNNING);
        });
        owner.sql("update container_services set cpu_millis = 10, memory_mb = 16, replicas = 3")
                .update();
        assertThat(taken()).as("a smaller size that nothing runs with yet").contains(new Taken(3, 1_500, 768));

        var operation = sample.queue(OperationKind.DEPLOY);
        owner.sql("update container_deployments set cpu_millis = 900, memory_mb = 100 where id <> ?")
                .param(serving.deploymentId())
                .update();
        assertThat(taken()).contains(new Taken(3, 2_700, 768));
        sample.tenancy.inOrg(
                sample.organization,
                () -> sample.operations.finish(operation, OperationState.FAILED, Optional.empty()));
        assertThat(taken()).contains(new Taken(3, 1_500, 768));

        sample.tenancy.inOrg(
                sample.organization,
                () -> sample.operations.insert(
                        new OperationRef(sample.organization, sample.service.id(), Ids.next()),
                        OperationKind.SCALE,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(5),
                        Optional.empty()));
        assertThat(taken()).as("what a scale asks for is taken").contains(new Taken(5, 2_500, 1_280));

        sample.tenancy.inOrg(
                sample.organization, () -> sample.services.observe(sample.service.ref(), ServiceState.STOPPED));
        assertThat(taken()).isEmpty();
    }

    @Test
    void keptImagesAreStorage() {
        UUID build = Ids.next();
        DeploymentRef kept = sample.deployment();
        owner.sql("""
                insert into container_builds (id, organization_id, service_id, status, git_url, git_branch, image_digest,
                    bytes_pushed, finished_at)
                values (?, ?, ?, 'succeeded', 'https://git.example/a.git', 'main', ?, 1048577, now())
                """)
                .params(build, sample.organization, sample.service.id(), "sha256:" + "a".repeat(64))
                .update();
        assertThat(now().of(Resource.STORAGE_MB)).isZero();
        owner.sql("update container_deployments set build_id = ?").param(build).update();
        assertThat(now().of(Resource.STORAGE_MB)).isEqualTo(2);
        sample.tenancy.inOrg(sample.organization, () -> sample.deployments.markRemoved(kept));
        assertThat(now().of(Resource.STORAGE_MB)).isZero();
    }

    @Test
    void eventsAreRaisedAndClearedOnceEach() {
        override(Map.of(Resource.SERVICES, 10L));
        sample.database.organization();
        services(6);
        assertThat(recalculate()).isEqualTo(new Recalculated(2, 0, 0));
        services(1);
        assertThat(recalculate().raised()).isEqualTo(1);
        assertThat(open()).containsExactly("services 80");
        assertThat(recalculate()).as("the second time").isEqualTo(new Recalculated(2, 0, 0));
        services(2);
        assertThat(recalculate()).isEqualTo(new Recalculated(2, 2, 0));
        assertThat(open()).containsExactlyInAnyOrder("services 80", "services 90", "services 100");

        override(Map.of(Resource.SERVICES, 12L));
        assertThat(recalculate()).isEqualTo(new Recalculated(2, 0, 2));
        assertThat(open()).containsExactly("services 80");
        override(Map.of(Resource.SERVICES, 100L));
        assertThat(recalculate()).isEqualTo(new Recalculated(2, 0, 1));
        assertThat(recalculate()).isEqualTo(new Recalculated(2, 0, 0));
        assertThat(open()).isEmpty();
        assertThat(sample.again(() -> utilisation.events(sample.organization, 50)))
                .hasSize(3)
                .allSatisfy(event -> assertThat(event.clearedAt()).isPresent());

        override(Map.of(Resource.SERVICES, 10L));
        assertThat(recalculate().raised()).as("again, years later").isEqualTo(3);
    }

    @Test
    void aLimitOfNothingIsReachedByTheFirstAndNotByNone() {
        override(Map.of(Resource.SERVICES, 0L, Resource.CPU_MILLIS, 0L));
        recalculate();
        assertThat(open()).containsExactlyInAnyOrder("services 80", "services 90", "services 100");
    }

    @Test
    void theSummaryIsWhatTheRecalculationFound() {
        assertThat(sample.again(() -> utilisation.summary(sample.organization))
                        .orElseThrow()
                        .recalculatedAt())
                .isEmpty();
        sample.queue(OperationKind.DEPLOY);
        recalculate();
        Utilisation.Summary summary =
                sample.again(() -> utilisation.summary(sample.organization)).orElseThrow();
        assertThat(summary.used()).isEqualTo(now());
        assertThat(summary.recalculatedAt()).isPresent();
    }

    @Test
    void eventsAreAnnounced() throws SQLException {
        override(Map.of(Resource.SERVICES, 1L));
        try (Connection connection = sample.database.ownerDataSource().getConnection();
                Statement listen = connection.createStatement()) {
            listen.execute("listen quota");
            recalculate();
            PGNotification[] heard = connection.unwrap(PGConnection.class).getNotifications(5_000);
            assertThat(Arrays.stream(heard).map(PGNotification::getParameter))
                    .containsExactlyInAnyOrderElementsOf(
                            sample.again(() -> utilisation.events(sample.organization, 50)).stream()
                                    .map(event -> event.id().toString())
                                    .toList())
                    .hasSize(3);
        }
    }

    private void services(int count) {
        for (int i = 0; i < count; i++) {
            Service more = Sample.service(
                    sample.organization, "s" + Ids.next().toString().substring(28));
            sample.tenancy.inOrg(sample.organization, () -> sample.services.insert(more));
        }
    }

    private void override(Map<Resource, Long> overrides) {
        sample.tenancy.asPlatform("test", () -> {
            quotas.hold(sample.organization);
            quotas.change(sample.organization, overrides);
        });
    }

    private Amounts limits() {
        return sample.again(() -> quotas.limits(sample.organization)).orElseThrow();
    }

    private Amounts now() {
        return sample.again(() -> utilisation.now(sample.organization));
    }

    private Optional<Taken> taken() {
        return sample.again(() -> utilisation.of(sample.organization, sample.service.id()));
    }

    private Recalculated recalculate() {
        return sample.tenancy.asPlatform("test", utilisation::recalculate);
    }

    private List<String> open() {
        return sample.again(() -> utilisation.events(sample.organization, 50)).stream()
                .filter(event -> event.clearedAt().isEmpty())
                .map((Event event) -> event.resource().word() + " " + event.threshold())
                .toList();
    }
}
