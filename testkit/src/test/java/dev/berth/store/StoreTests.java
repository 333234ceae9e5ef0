package dev.berth.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.domain.BuildRef;
import dev.berth.domain.BuildState;
import dev.berth.domain.DeploymentRef;
import dev.berth.domain.DeploymentState;
import dev.berth.domain.Failure;
import dev.berth.domain.FailureCode;
import dev.berth.domain.ImageDigest;
import dev.berth.domain.OperationKind;
import dev.berth.domain.OperationRef;
import dev.berth.domain.OperationState;
import dev.berth.domain.ServiceRef;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;

final class StoreTests {
    private static final ImageDigest IMAGE = new ImageDigest("sha256:" + "a".repeat(64));
    private static final Failure FAILURE = Failure.of(FailureCode.NEVER_HEALTHY, "It never got healthy.", "Look.");

    private final Sample sample = new Sample();

    @Test
    void anOrganisationSeesItsOwnRowsAndNoOthers() {
        UUID stranger = sample.database.organization();
        assertThat(sample.tenancy.inOrg(sample.organization, () -> sample.services.find(sample.service.ref())))
                .get()
                .extracting(Service::env)
                .isEqualTo(Map.of("GREETING", "hello"));
        assertThat(sample.tenancy.inOrg(stranger, () -> sample.services.find(sample.service.ref())))
                .isEmpty();
        assertThat(sample.tenancy.inOrg(
                        stranger, () -> sample.services.page(stranger, Services.Filter.NONE, Cursor.START, 10)))
                .isEmpty();
        assertThatThrownBy(() -> sample.tenancy.inOrg(
                        stranger, () -> sample.services.insert(Sample.service(sample.organization, "intruder"))))
                .isInstanceOf(DataAccessException.class);
    }

    @Test
    void aForgottenDoorIsAnErrorAndNeverALeak() {
        assertThatThrownBy(() -> sample.services.find(sample.service.ref())).isInstanceOf(DataAccessException.class);
    }

    @Test
    void doorsDoNotNest() {
        assertThatThrownBy(() ->
                        sample.tenancy.inOrg(sample.organization, () -> sample.tenancy.asPlatform("nested", () -> {})))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void theNewestWaitingDeployWinsAndOlderOnesAreSuperseded() {
        OperationRef first = sample.queue(OperationKind.DEPLOY);
        OperationRef second = sample.queue(OperationKind.DEPLOY);
        OperationRef third = sample.queue(OperationKind.REBUILD);
        Optional<Operation> claimed =
                sample.tenancy.inOrg(sample.organization, () -> sample.operations.claimNext(sample.service.ref()));
        assertThat(claimed).map(Operation::id).contains(third.operationId());
        assertThat(state(first)).isEqualTo(OperationState.SUPERSEDED);
        assertThat(state(second)).isEqualTo(OperationState.SUPERSEDED);
        assertThat(sample.tenancy.inOrg(sample.organization, () -> sample.operations.claimNext(sample.service.ref())))
                .map(Operation::id)
                .contains(third.operationId());
    }

    @Test
    void manyAreSupersededAtOnceEachWithItsBuildAndItsEvent() {
        List<BuildRef> builds = List.of(queueBuild(), queueBuild(), queueBuild(), queueBuild());
        List<UUID> waiting = sample.again(() -> sample.operations.lockOpen(sample.service.ref()).stream()
                .map(Operation::id)
                .toList());
        OperationRef cancelled = new OperationRef(sample.organization, sample.service.id(), waiting.get(1));
        sample.again(() -> sample.operations.finish(cancelled, OperationState.CANCELLED, Optional.empty()));
        assertThat(sample.again(() -> sample.operations.supersedeSome(sample.service.ref(), 10)))
                .isFalse();
        assertThat(state(new OperationRef(sample.organization, sample.service.id(), waiting.get(0))))
                .isEqualTo(OperationState.SUPERSEDED);
        assertThat(state(cancelled)).isEqualTo(OperationState.CANCELLED);
        assertThat(state(new OperationRef(sample.organization, sample.service.id(), waiting.get(2))))
                .isEqualTo(OperationState.SUPERSEDED);
        assertThat(state(new OperationRef(sample.organization, sample.service.id(), waiting.get(3))))
                .isEqualTo(OperationState.PENDING);
        assertThat(builds.stream()
                        .map(build -> sample.again(() -> sample.builds.find(build))
                                .orElseThrow()
                                .status()))
                .containsExactly(BuildState.CANCELLED, BuildState.QUEUED, BuildState.CANCELLED, BuildState.QUEUED);
        Audit audit = new Audit(sample.source);
        List<AuditEvent> events = sample.again(() -> audit.after(sample.organization, 0, 10));
        assertThat(events)
                .extracting(event -> event.entry().operationId())
                .containsExactly(Optional.of(waiting.get(1)), Optional.of(waiting.get(0)), Optional.of(waiting.get(2)));
        assertThat(events).extracting(event -> event.entry().subject().name()).containsOnly("Shop");
        assertThat(AuditVerifier.verify(events, sample.again(() -> audit.head(sample.organization)))
                        .isIntact())
                .isTrue();
    }

    @Test
    void listsAreInTheOrderOfTheQueueWhoeverBeganFirst() {
        OperationRef patient = new OperationRef(sample.organization, sample.service.id(), Ids.next());
        DeploymentRef its = new DeploymentRef(sample.organization, sample.service.id(), Ids.next());
        BuildRef build = new BuildRef(sample.organization, sample.service.id(), Ids.next());
        OperationRef quick = sample.again(() -> {
            OperationRef meanwhile = CompletableFuture.supplyAsync(() -> {
                        queueBuild();
                        return sample.queue(OperationKind.DEPLOY);
                    })
                    .join();
            sample.builds.insert(build, "https://git.example/shop.git", "main");
            sample.deployments.insert(its, Optional.empty(), Deployment.Configuration.of(sample.service));
            sample.operations.insert(
                    patient,
                    OperationKind.DEPLOY,
                    Optional.of(its),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
            return meanwhile;
        });
        ServiceRef service = sample.service.ref();
        assertThat(sample.again(() -> sample.operations.page(service, Cursor.START, 2)))
                .extracting(Operation::ref)
                .containsExactly(patient, quick);
        assertThat(sample.again(() -> sample.deployments.page(service, Cursor.START, 1)))
                .extracting(Deployment::ref)
                .containsExactly(its);
        assertThat(sample.again(() -> sample.builds.page(service, Cursor.START, 1)))
                .extracting(Build::ref)
                .containsExactly(build);
    }

    @Test
    void anOutlineTellsNeighboursOfOneKindOnce() {
        OperationRef running = sample.queue(OperationKind.DEPLOY);
        sample.tenancy.inOrg(sample.organization, () -> sample.operations.claimNext(sample.service.ref()));
        sample.queue(OperationKind.DEPLOY);
        OperationRef stop = sample.queue(OperationKind.STOP);
        sample.queue(OperationKind.STOP);
        OperationRef deploy = sample.queue(OperationKind.DEPLOY);
        sample.queue(OperationKind.DEPLOY);
        OperationRef delete = sample.queue(OperationKind.DELETE);
        assertThat(sample.tenancy.inOrg(sample.organization, () -> sample.operations.outline(sample.service.ref())))
                .extracting(Operation::ref)
                .containsExactly(running, stop, deploy, delete);
    }

    @Test
    void theFirstEndOfAnOperationStands() {
        OperationRef operation = sample.queue(OperationKind.DEPLOY);
        sample.again(() -> sample.operations.claimNext(sample.service.ref()));
        assertThat(sample.again(() -> sample.operations.finish(operation, OperationState.FAILED, Optional.of(FAILURE))))
                .isTrue();
        assertThat(sample.again(() -> sample.operations.finish(operation, OperationState.SUCCEEDED, Optional.empty())))
                .isFalse();
        assertThat(state(operation)).isEqualTo(OperationState.FAILED);
    }

    @Test
    void aDeploymentMovesOnlyAlongTheTableOfStates() {
        DeploymentRef deployment = sample.deployment();
        sample.tenancy.inOrg(sample.organization, () -> {
            assertThat(sample.deployments.move(deployment, DeploymentState.RUNNING))
                    .isFalse();
            assertThat(sample.deployments.move(deployment, DeploymentState.DEPLOYING))
                    .isTrue();
            sample.deployments.adoptImage(deployment, IMAGE, Optional.empty());
            assertThat(sample.deployments.move(deployment, DeploymentState.RUNNING))
                    .isTrue();
            assertThat(sample.deployments.move(deployment, DeploymentState.RUNNING))
                    .isTrue();
            sample.deployments.prove(deployment);
            assertThat(sample.deployments.fail(deployment, DeploymentState.FAILED, FAILURE))
                    .isFalse();
            assertThat(sample.deployments.lastProven(sample.unknownDeployment()))
                    .map(Deployment::id)
                    .contains(deployment.deploymentId());
            assertThat(sample.deployments.fail(deployment, DeploymentState.ROLLED_BACK, FAILURE))
                    .isTrue();
        });
        Deployment row = sample.tenancy
                .inOrg(sample.organization, () -> sample.deployments.find(deployment))
                .orElseThrow();
        assertThat(row.failure()).contains(FAILURE);
        assertThat(row.provenAt()).isPresent();
    }

    @Test
    void everyChangeOfRouteOrReplicaMovesTheGenerationAndNothingElseDoes() {
        DeploymentRef deployment = sample.deployment();
        long before = generation();
        long routed = sample.tenancy.inOrg(sample.organization, () -> sample.routes.point("shop", deployment));
        assertThat(routed).isGreaterThan(before);
        assertThat(sample.again(() -> sample.routes.point("shop", deployment))).isEqualTo(routed);
        assertThat(sample.again(() -> sample.endpoints.replace(deployment, Map.of("t1", "10.0.1.5"))))
                .isTrue();
        long replicated = generation();
        assertThat(replicated).isGreaterThan(routed);
        assertThat(sample.again(() -> sample.endpoints.replace(deployment, Map.of("t1", "10.0.1.5"))))
                .isFalse();
        assertThat(generation()).isEqualTo(replicated);
        assertThat(sample.tenancy.asPlatform("test", sample.routes::forEdge))
                .singleElement()
                .satisfies(row -> assertThat(row.addresses()).containsExactly("10.0.1.5"));
    }

    @Test
    void theProvenDeploymentThatServedBeforeIsTheStandbyUntilItIsScaledToZero() {
        DeploymentRef before = running("10.0.1.5");
        sample.tenancy.inOrg(sample.organization, () -> sample.deployments.prove(before));
        DeploymentRef now = running("10.0.1.6");
        assertThat(edgeRow().addresses()).containsExactly("10.0.1.6");
        assertThat(edgeRow().standby()).contains(new EdgeRow.Standby(8080, "/", List.of("10.0.1.5")));
        sample.tenancy.inOrg(sample.organization, () -> sample.endpoints.replace(before, Map.of()));
        assertThat(edgeRow().standby()).isEmpty();
        assertThat(edgeRow().deploymentId()).isEqualTo(now.deploymentId());
    }

    private DeploymentRef running(String address) {
        DeploymentRef deployment = sample.deployment();
        sample.tenancy.inOrg(sample.organization, () -> {
            sample.deployments.move(deployment, DeploymentState.DEPLOYING);
            sample.deployments.adoptImage(deployment, IMAGE, Optional.empty());
            sample.deployments.serve(deployment);
            sample.endpoints.replace(deployment, Map.of("task-" + address, address));
            sample.routes.point("shop", deployment);
        });
        return deployment;
    }

    private EdgeRow edgeRow() {
        return sample.tenancy.asPlatform("test", sample.routes::forEdge).getFirst();
    }

    @Test
    void aLogHasNumbersWithoutGapsWhoeverAppends() {
        BuildRef build = new BuildRef(sample.organization, sample.service.id(), Ids.next());
        BuildLogs logs = new BuildLogs(sample.source);
        sample.tenancy.inOrg(sample.organization, () -> {
            sample.builds.insert(build, "https://git.example/shop.git", "main");
            logs.append(build, Instant.ofEpochMilli(5), List.of("one", "two\0\nhalf"));
            logs.append(build, Instant.ofEpochMilli(6), List.of("three"));
            assertThat(logs.after(build, 1, 10))
                    .containsExactly(
                            new LogLine(2, Instant.ofEpochMilli(5), "two half"),
                            new LogLine(3, Instant.ofEpochMilli(6), "three"));
            sample.builds.begin(build, "b".repeat(40));
            assertThat(sample.builds.succeed(build, IMAGE)).isTrue();
            assertThat(sample.builds.end(build, BuildState.FAILED, FAILURE)).isFalse();
            assertThat(sample.builds.findSucceeded(sample.service.ref(), "b".repeat(40)))
                    .isPresent();
        });
    }

    @Test
    void aReleaseCommandHasOneRunWhoseFirstEndStandsAndALogWithoutGaps() {
        DeploymentRef deployment = sample.deployment();
        Releases releases = new Releases(sample.source);
        sample.tenancy.inOrg(sample.organization, () -> {
            releases.begin(deployment);
            releases.append(deployment, Instant.ofEpochMilli(5), List.of("one", "two"));
            releases.begin(deployment);
            releases.append(deployment, Instant.ofEpochMilli(6), List.of("three"));
            assertThat(releases.lineCount(deployment)).isEqualTo(3);
            assertThat(releases.after(deployment, 1, 10))
                    .containsExactly(
                            new LogLine(2, Instant.ofEpochMilli(5), "two"),
                            new LogLine(3, Instant.ofEpochMilli(6), "three"));
            releases.fail(deployment, Optional.of(3), FAILURE);
            releases.succeed(deployment);
            releases.cancel(deployment);
            Release failed = releases.find(deployment).orElseThrow();
            assertThat(failed.status()).isEqualTo(Release.State.FAILED);
            assertThat(failed.exitCode()).contains(3);
            assertThat(failed.failure()).contains(FAILURE);
            releases.retryFailed(deployment);
            releases.succeed(deployment);
            assertThat(releases.find(deployment).orElseThrow().status()).isEqualTo(Release.State.SUCCEEDED);
            assertThat(releases.lineCount(deployment)).isEqualTo(3);
        });
    }

    @Test
    void aDeletedServiceLeavesItsOperationAsTheAnswer() {
        OperationRef delete = sample.queue(OperationKind.DELETE);
        sample.tenancy.inOrg(sample.organization, () -> {
            sample.services.delete(sample.service.ref());
            sample.operations.finish(delete, OperationState.SUCCEEDED, Optional.empty());
        });
        assertThat(state(delete)).isEqualTo(OperationState.SUCCEEDED);
    }

    @Test
    void aTokenIsKnownByItsHashUntilItIsRevoked() {
        ApiToken token = ApiToken.generate();
        Tokens tokens = new Tokens(sample.source);
        LocalSeed.plant(sample.source, token);
        LocalSeed.plant(sample.source, token);
        Caller caller = tokens.authenticate(token).orElseThrow().caller();
        assertThat(caller.platformAdmin()).isTrue();
        sample.tenancy.asPlatform(
                "test",
                () -> tokens.revoke(
                        caller.organizationId(), caller.token().orElseThrow().id()));
        assertThat(tokens.authenticate(token)).isEmpty();
    }

    private BuildRef queueBuild() {
        BuildRef build = new BuildRef(sample.organization, sample.service.id(), Ids.next());
        DeploymentRef deployment = sample.deployment();
        OperationRef operation = new OperationRef(sample.organization, sample.service.id(), Ids.next());
        sample.tenancy.inOrg(sample.organization, () -> {
            sample.builds.insert(build, sample.service.gitUrl(), "main");
            sample.operations.insert(
                    operation,
                    OperationKind.DEPLOY,
                    Optional.of(deployment),
                    Optional.of(build),
                    Optional.empty(),
                    Optional.empty());
        });
        return build;
    }

    private long generation() {
        return sample.tenancy.asPlatform("test", sample.routes::generation);
    }

    private OperationState state(OperationRef operation) {
        return sample.tenancy
                .inOrg(
                        sample.organization,
                        () -> sample.operations.find(operation.organizationId(), operation.operationId()))
                .orElseThrow()
                .status();
    }
}
