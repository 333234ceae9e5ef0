package dev.berth.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.domain.DeploymentRef;
import dev.berth.domain.DeploymentState;
import dev.berth.domain.Failure;
import dev.berth.domain.FailureCode;
import dev.berth.domain.ImageDigest;
import dev.berth.domain.OperationKind;
import dev.berth.domain.OperationRef;
import dev.berth.domain.OperationState;
import dev.berth.domain.ServiceState;
import dev.berth.domain.reconcile.DeploymentRow;
import dev.berth.domain.reconcile.Finding;
import dev.berth.domain.reconcile.Remedy;
import dev.berth.domain.reconcile.ServiceRows;
import dev.berth.domain.reconcile.Trace;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

final class DriftStoreTests {
    private static final ImageDigest IMAGE = new ImageDigest("sha256:" + "a".repeat(64));
    private static final Failure FAILURE = Failure.of(FailureCode.NEVER_HEALTHY, "It never answered.", "");

    private final Sample sample = new Sample();
    private final DriftRows rows = new DriftRows(sample.source);
    private final DriftRepairs repairs = new DriftRepairs(sample.source);
    private final Findings findings = new Findings(sample.source);

    @Test
    void readsWhatServesAndWhoWorks() {
        DeploymentRef serving = serving();
        ServiceRows read = read();
        assertThat(read.service()).isEqualTo(sample.service.ref());
        assertThat(read.state()).isEqualTo(ServiceState.RUNNING);
        assertThat(read.route()).isEqualTo(new ServiceRows.Route.To(serving.deploymentId()));
        assertThat(read.current()).contains(serving.deploymentId());
        assertThat(read.deployments())
                .containsExactly(new DeploymentRow(serving.deploymentId(), DeploymentState.RUNNING, true, 1));
        assertThat(read.work().open()).isFalse();
        assertThat(read.touchedAt()).isBeforeOrEqualTo(platform(rows::now));
        sample.queue(OperationKind.DEPLOY);
        assertThat(read().work().open()).isTrue();
        assertThat(platform(() -> rows.page(sample.service.id(), 10))).isEmpty();
    }

    @Test
    void queuesOneRepairAndNoneWhereSomethingWaits() {
        DeploymentRef serving = serving();
        Optional<OperationRef> queued = platform(() -> repairs.queue(serving, finding(serving)));
        assertThat(queued).isPresent();
        assertThat(platform(() -> repairs.queue(serving, finding(serving)))).isEmpty();
        Operation operation = sample.again(() -> sample.operations.find(
                        sample.organization, queued.orElseThrow().operationId()))
                .orElseThrow();
        assertThat(operation.kind()).isEqualTo(OperationKind.REPAIR);
        assertThat(operation.deployment()).contains(serving);
        assertThat(actions()).containsExactly("service.repair");
    }

    @Test
    void countsRepairsThatFailedInARow() {
        DeploymentRef serving = serving();
        for (int i = 0; i < 2; i++) {
            OperationRef repair =
                    platform(() -> repairs.queue(serving, finding(serving))).orElseThrow();
            sample.again(() -> sample.operations.finish(repair, OperationState.FAILED, Optional.of(FAILURE)));
        }
        assertThat(read().work().failedRepairs()).isEqualTo(2);
        assertThat(read().work().lastFailure()).isPresent();
        OperationRef deploy = sample.queue(OperationKind.ROLLBACK);
        sample.again(() -> sample.operations.finish(deploy, OperationState.SUCCEEDED, Optional.empty()));
        assertThat(read().work().failedRepairs())
                .as("something else came after")
                .isZero();
    }

    @Test
    void marksWhatIsGoneAndNeverWhatHasTheTraffic() {
        DeploymentRef retired = serving();
        DeploymentRef serving = serving();
        platform(done(() -> repairs.markRemoved(retired, finding(retired))));
        platform(done(() -> repairs.markRemoved(serving, finding(serving))));
        assertThat(read().deployments()).extracting(DeploymentRow::id).containsExactly(serving.deploymentId());
        assertThat(platform(() -> rows.traces(List.of(retired, serving))))
                .containsEntry(retired.deploymentId(), Trace.ENDED);
        assertThat(sample.again(() -> sample.endpoints.of(retired))).isEmpty();
        assertThat(actions()).containsExactly("service.reconcile");
    }

    @Test
    void leavesRowsToAnOpenOperation() {
        DeploymentRef retired = serving();
        serving();
        sample.queue(OperationKind.ROLLBACK);
        platform(done(() -> repairs.markRemoved(retired, finding(retired))));
        platform(done(() -> repairs.observe(sample.service.ref(), ServiceState.FAILED, finding(retired))));
        assertThat(sample.again(() -> sample.deployments.find(retired))
                        .orElseThrow()
                        .removedAt())
                .isEmpty();
        assertThat(read().state()).isEqualTo(ServiceState.RUNNING);
    }

    @Test
    void tellsADeletedServiceFromRowsThatWereLost() {
        DeploymentRef deployment = serving();
        DeploymentRef lost = new DeploymentRef(sample.organization, Ids.next(), Ids.next());
        OperationRef delete = sample.queue(OperationKind.DELETE);
        sample.again(() -> {
            sample.services.delete(sample.service.ref());
            return sample.operations.finish(delete, OperationState.SUCCEEDED, Optional.empty());
        });
        assertThat(platform(() -> rows.traces(List.of(deployment, lost))))
                .containsEntry(deployment.deploymentId(), Trace.SERVICE_DELETED)
                .containsEntry(lost.deploymentId(), Trace.NONE);
    }

    @Test
    void opensAReportOnceAndClosesItWhenItIsNoLongerSeen() {
        Finding finding = finding(serving());
        assertThat(platform(() -> findings.open(finding))).isTrue();
        assertThat(platform(() -> findings.open(finding))).isFalse();
        platform(done(() -> findings.closeOthers(open -> true, List.of(finding))));
        assertThat(platform(() -> findings.open(finding)))
                .as("it is open still")
                .isFalse();
        platform(done(() -> findings.closeOthers(open -> false, List.of())));
        assertThat(platform(() -> findings.open(finding)))
                .as("it was not looked for")
                .isFalse();
        platform(done(() -> findings.closeOthers(open -> true, List.of())));
        assertThat(platform(() -> findings.open(finding))).isTrue();
    }

    private DeploymentRef serving() {
        DeploymentRef deployment = sample.deployment();
        UUID id = deployment.deploymentId();
        sample.again(() -> {
            sample.deployments.adoptImage(deployment, IMAGE, Optional.empty());
            sample.deployments.move(deployment, DeploymentState.DEPLOYING);
            sample.deployments.move(deployment, DeploymentState.RUNNING);
            sample.deployments.prove(deployment);
            sample.routes.point(sample.service.host(), deployment);
            sample.endpoints.replace(deployment, Map.of("task-" + id, "10.0.0.1"));
            sample.services.setCurrentDeployment(sample.service.ref(), Optional.of(id));
            sample.services.observe(sample.service.ref(), ServiceState.RUNNING);
            return true;
        });
        return deployment;
    }

    private static Finding finding(DeploymentRef deployment) {
        return new Finding(
                Finding.Kind.REVISION_MISSING,
                Optional.of(deployment.service()),
                deployment.deploymentId().toString(),
                "It is gone.",
                new Remedy.Repair(deployment));
    }

    private ServiceRows read() {
        return platform(() -> rows.page(new UUID(0, 0), 10)).getFirst();
    }

    private List<String> actions() {
        return sample
                .again(() -> new Audit(sample.source).page(sample.organization, Audit.Filter.NONE, Cursor.START, 10))
                .stream()
                .map(event -> event.entry().action())
                .toList();
    }

    private <T> T platform(Supplier<T> work) {
        return sample.tenancy.asPlatform("test", work);
    }

    private static Supplier<Boolean> done(Runnable work) {
        return () -> {
            work.run();
            return true;
        };
    }
}
