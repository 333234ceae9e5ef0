package dev.berth.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.domain.DeploymentRef;
import dev.berth.domain.DeploymentState;
import dev.berth.domain.Hold;
import dev.berth.domain.ImageDigest;
import dev.berth.domain.OperationKind;
import dev.berth.domain.OperationRef;
import dev.berth.domain.OperationState;
import dev.berth.domain.ServiceRef;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

final class HoldsTests {
    private static final Hold APPROVAL = new Hold.Approval();

    private final Sample sample = new Sample();
    private final ServiceRef service = sample.service.ref();
    private final Holds holds = new Holds(sample.source);
    private final JdbcClient owner = JdbcClient.create(sample.database.ownerDataSource());

    @Test
    void whatIsHeldKeepsItsPlaceAndIsPassed() {
        OperationRef deploy = held(APPROVAL);
        assertThat(row(deploy).status()).isEqualTo(OperationState.PENDING);
        assertThat(row(deploy).waitingFor()).contains(Operation.Wait.APPROVAL);
        assertThat(row(deploy).startedAt()).isEmpty();
        assertThat(claim()).isEmpty();

        OperationRef stop = sample.queue(OperationKind.STOP);
        assertThat(claim()).map(Operation::ref).contains(stop);
        sample.again(() -> sample.operations.finish(stop, OperationState.SUCCEEDED, Optional.empty()));
        assertThat(claim()).isEmpty();
    }

    @Test
    void whoeverApprovesLetsItGoOn() {
        OperationRef deploy = held(APPROVAL);
        DeploymentRef deployment = row(deploy).deployment().orElseThrow();
        UUID admin = Ids.next();
        owner.sql("insert into users (id, email, display_name) values (?, 'admin@example.org', 'Admin')")
                .param(admin)
                .update();
        sample.tenancy.inOrg(sample.organization, () -> holds.approve(deployment, admin));
        assertThat(sample.again(() -> sample.deployments.find(deployment)).flatMap(Deployment::approvedAt))
                .isPresent();
        assertThat(row(deploy).waitingFor()).isEmpty();
        assertThat(claim()).map(Operation::ref).contains(deploy);
    }

    @Test
    void aWindowOpensByItself() {
        OperationRef deploy = held(new Hold.Window(Instant.now().plus(Duration.ofDays(2))));
        assertThat(claim()).isEmpty();
        assertThat(worthALook()).isFalse();
        owner.sql("update operations set waits_until = now() - interval '1 second'")
                .update();
        assertThat(worthALook()).isTrue();
        assertThat(claim()).map(Operation::ref).contains(deploy);
        assertThat(row(deploy).waitsUntil()).isEmpty();
    }

    @Test
    void whatIsDueBehindSomethingThatRunsIsNotLookedAtAgainAndAgain() {
        held(new Hold.Window(Instant.now().plus(Duration.ofDays(2))));
        OperationRef stop = sample.queue(OperationKind.STOP);
        claim();
        owner.sql("update operations set waits_until = now() - interval '1 second' where waits_until is not null")
                .update();
        assertThat(sample.tenancy.asPlatform("test", () -> sample.operations.due(10)))
                .isEmpty();
        sample.again(() -> sample.operations.finish(stop, OperationState.SUCCEEDED, Optional.empty()));
        assertThat(sample.tenancy.asPlatform("test", () -> sample.operations.due(10)))
                .containsExactly(service);
    }

    @Test
    void theLastThatSucceededIsTheLastThatHadItsTurn() {
        OperationRef deploy = held(APPROVAL);
        OperationRef restart = sample.queue(OperationKind.RESTART);
        assertThat(claim()).map(Operation::ref).contains(restart);
        sample.again(() -> sample.operations.finish(restart, OperationState.SUCCEEDED, Optional.empty()));
        sample.tenancy.inOrg(sample.organization, () -> holds.lookAgain(service));
        claim();
        sample.again(() -> sample.operations.finish(deploy, OperationState.SUCCEEDED, Optional.empty()));
        assertThat(sample.again(() -> sample.operations.lastSucceeded(service)))
                .map(Operation::ref)
                .as("who hands over asks the workflow that may still watch")
                .contains(deploy);
    }

    @Test
    void whatWasKeptForAStartHidesNotTheStopThatMayStillScaleToZero() {
        OperationRef stop = sample.queue(OperationKind.STOP);
        claim();
        sample.again(() -> sample.operations.finish(stop, OperationState.SUCCEEDED, Optional.empty()));
        OperationRef deploy = sample.queue(OperationKind.DEPLOY);
        DeploymentRef kept = claim().orElseThrow().deployment().orElseThrow();
        sample.again(() -> {
            sample.deployments.adoptImage(kept, new ImageDigest("sha256:" + "a".repeat(64)), Optional.empty());
            sample.deployments.move(kept, DeploymentState.RETIRED);
            return sample.operations.finish(deploy, OperationState.SUCCEEDED, Optional.empty());
        });
        assertThat(sample.again(() -> sample.operations.lastSucceeded(service)))
                .map(Operation::ref)
                .contains(stop);
    }

    @Test
    void otherGatesLetItLookAgain() {
        OperationRef deploy = held(new Hold.Window(Instant.now().plus(Duration.ofDays(2))));
        sample.tenancy.inOrg(sample.organization, () -> holds.lookAgain(service));
        assertThat(claim()).map(Operation::ref).contains(deploy);
    }

    @Test
    void aNewerDeployTakesItsPlace() {
        OperationRef deploy = held(APPROVAL);
        OperationRef newer = sample.queue(OperationKind.DEPLOY);
        assertThat(claim()).map(Operation::ref).contains(newer);
        assertThat(row(deploy).status()).isEqualTo(OperationState.SUPERSEDED);
        assertThat(row(deploy).waitingFor()).isEmpty();
        DeploymentRef older = row(deploy).deployment().orElseThrow();
        Deployment left = sample.again(() -> sample.deployments.find(older)).orElseThrow();
        assertThat(left.status()).isEqualTo(DeploymentState.SUPERSEDED);
        assertThat(left.removedAt()).as("its image is used by nobody").isPresent();
    }

    @Test
    void whatIsToEndIsNotHeld() {
        OperationRef deploy = sample.queue(OperationKind.DEPLOY);
        claim();
        sample.again(() -> {
            new Cancellations(sample.source).request(deploy);
            return true;
        });
        assertThat(sample.again(() -> holds.giveBack(deploy, Optional.of(APPROVAL))))
                .isFalse();
        assertThat(row(deploy).status()).isEqualTo(OperationState.RUNNING);
    }

    @Test
    void aServiceWhoseNewVersionIsHeldRestsForWhoeverReconciles() {
        DriftRows drift = new DriftRows(sample.source);
        OperationRef deploy = sample.queue(OperationKind.DEPLOY);
        claim();
        assertThat(sample.tenancy.asPlatform("test", () -> drift.hasOpen(service.serviceId())))
                .isTrue();
        hold(deploy, APPROVAL);
        assertThat(sample.tenancy.asPlatform("test", () -> drift.hasOpen(service.serviceId())))
                .isFalse();
        assertThat(sample.tenancy.asPlatform("test", () -> drift.page(new UUID(0, 0), 10)))
                .singleElement()
                .satisfies(rows -> {
                    assertThat(rows.work().open()).isFalse();
                    assertThat(rows.deployments())
                            .as("it is not abandoned: somebody will decide")
                            .isEmpty();
                });
    }

    private OperationRef held(Hold hold) {
        OperationRef deploy = sample.queue(OperationKind.DEPLOY);
        claim();
        hold(deploy, hold);
        return deploy;
    }

    private void hold(OperationRef operation, Hold hold) {
        assertThat(sample.again(() -> holds.giveBack(operation, Optional.of(hold))))
                .isTrue();
    }

    private Optional<Operation> claim() {
        return sample.again(() -> sample.operations.claimNext(service));
    }

    private Operation row(OperationRef operation) {
        return sample.again(() -> sample.operations.find(sample.organization, operation.operationId()))
                .orElseThrow();
    }

    private boolean worthALook() {
        ServiceRef first = new ServiceRef(new UUID(0, 0), new UUID(0, 0));
        assertThat(sample.tenancy.asPlatform("test", () -> sample.operations.waiting(Duration.ofMillis(-1), first, 10)))
                .as("a window is no slot")
                .isEmpty();
        return !sample.tenancy
                .asPlatform("test", () -> sample.operations.due(10))
                .isEmpty();
    }
}
