package dev.berth.domain.reconcile;

import static dev.berth.domain.DeploymentState.BUILDING;
import static dev.berth.domain.DeploymentState.DEPLOYING;
import static dev.berth.domain.DeploymentState.PENDING;
import static dev.berth.domain.DeploymentState.RETIRED;
import static dev.berth.domain.DeploymentState.RUNNING;
import static dev.berth.domain.reconcile.Finding.Kind.DEPLOYMENT_ABANDONED;
import static dev.berth.domain.reconcile.Finding.Kind.ENDPOINTS_MISSING;
import static dev.berth.domain.reconcile.Finding.Kind.ENDPOINTS_STALE;
import static dev.berth.domain.reconcile.Finding.Kind.ORPHAN;
import static dev.berth.domain.reconcile.Finding.Kind.RELEASE_LEFT_BEHIND;
import static dev.berth.domain.reconcile.Finding.Kind.REPLICAS_DIFFER;
import static dev.berth.domain.reconcile.Finding.Kind.RETAINED_LOST;
import static dev.berth.domain.reconcile.Finding.Kind.RETIRED_RUNS;
import static dev.berth.domain.reconcile.Finding.Kind.REVISION_MISSING;
import static dev.berth.domain.reconcile.Finding.Kind.ROUTE_ASTRAY;
import static dev.berth.domain.reconcile.Finding.Kind.ROUTE_MISSING;
import static dev.berth.domain.reconcile.Finding.Kind.STATE_CONTRADICTED;
import static dev.berth.domain.reconcile.Finding.Kind.UNEXPLAINED;
import static dev.berth.domain.reconcile.Finding.Kind.UNPROVEN;
import static dev.berth.domain.reconcile.Finding.Kind.UNRETIRED;
import static dev.berth.domain.reconcile.Finding.Kind.VOLUME_LEFT_BEHIND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.domain.DeploymentState;
import dev.berth.domain.ServiceState;
import dev.berth.domain.reconcile.Finding.Kind;
import dev.berth.domain.reconcile.ServiceRows.Route;
import dev.berth.domain.reconcile.ServiceRows.Work;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One service that serves deployment 1, proven, with two replicas, and what is changed about it. */
final class DriftTests {
    private static final UUID ONE = DriftScene.ONE;
    private static final UUID TWO = DriftScene.TWO;

    /** What somebody did behind Berth's back, what is found, and what is to be done. */
    record Case(String what, Consumer<DriftScene> change, Kind kind, Remedy remedy) {
        @Override
        public String toString() {
            return what;
        }
    }

    static List<Case> cases() {
        Remedy repairOne = new Remedy.Repair(DriftScene.ref(ONE));
        return List.of(
                new Case("the Swarm service was removed", scene -> scene.swarm.clear(), REVISION_MISSING, repairOne),
                new Case("it was scaled up", scene -> scene.sees(ONE, 5, 5), REPLICAS_DIFFER, repairOne),
                new Case("it was scaled to zero", scene -> scene.sees(ONE, 0, 0), REPLICAS_DIFFER, repairOne),
                new Case("the route was removed", scene -> scene.route = new Route.None(), ROUTE_MISSING, repairOne),
                new Case("a page took its place", scene -> scene.route = new Route.Page(), ROUTE_MISSING, repairOne),
                new Case(
                        "the route leads to a retired one",
                        scene -> {
                            scene.retired(TWO);
                            scene.route = new Route.To(TWO);
                        },
                        ROUTE_ASTRAY,
                        repairOne),
                new Case(
                        "the route leads to one that has ended",
                        scene -> scene.route = new Route.To(TWO),
                        ROUTE_ASTRAY,
                        repairOne),
                new Case(
                        "the traffic moved and nobody wrote so",
                        scene -> {
                            scene.deployment(TWO, DEPLOYING, false, 2);
                            scene.sees(TWO, 2, 2);
                            scene.route = new Route.To(TWO);
                        },
                        ROUTE_ASTRAY,
                        new Remedy.Repair(DriftScene.ref(TWO))),
                new Case(
                        "nothing that is kept is behind the route",
                        scene -> {
                            scene.deployments.clear();
                            scene.swarm.clear();
                            scene.current = Optional.empty();
                        },
                        ROUTE_ASTRAY,
                        new Remedy.Report()),
                new Case(
                        "the endpoints were removed",
                        scene -> scene.deployment(ONE, RUNNING, true, 0),
                        ENDPOINTS_MISSING,
                        repairOne),
                new Case(
                        "its workflow was ended in its soak",
                        scene -> scene.deployment(ONE, RUNNING, false, 2),
                        UNPROVEN,
                        repairOne),
                new Case(
                        "its workflow was ended in its drain",
                        scene -> {
                            scene.deployment(TWO, RUNNING, true, 2);
                            scene.sees(TWO, 2, 2);
                        },
                        UNRETIRED,
                        repairOne),
                new Case(
                        "the Swarm service of a retired one was removed",
                        scene -> {
                            scene.retired(TWO);
                            scene.swarm.remove(TWO);
                        },
                        RETAINED_LOST,
                        new Remedy.MarkRemoved(DriftScene.ref(TWO))),
                new Case(
                        "endpoints are left of one without a Swarm service",
                        scene -> {
                            scene.state = ServiceState.STOPPED;
                            scene.route = new Route.None();
                            scene.swarm.clear();
                        },
                        ENDPOINTS_STALE,
                        new Remedy.ClearEndpoints(DriftScene.ref(ONE))),
                new Case(
                        "a retired one was scaled up",
                        scene -> {
                            scene.retired(TWO);
                            scene.sees(TWO, 1, 1);
                        },
                        RETIRED_RUNS,
                        new Remedy.Release(DriftScene.ref(TWO))),
                new Case(
                        "nothing serves and the row says running",
                        scene -> {
                            scene.deployments.clear();
                            scene.swarm.clear();
                            scene.current = Optional.empty();
                            scene.route = new Route.None();
                        },
                        STATE_CONTRADICTED,
                        new Remedy.Observe(DriftScene.SERVICE, ServiceState.FAILED)),
                new Case(
                        "a delete was ended before it took the route",
                        scene -> scene.state = ServiceState.DELETING,
                        STATE_CONTRADICTED,
                        new Remedy.Observe(DriftScene.SERVICE, ServiceState.RUNNING)),
                new Case(
                        "a delete was ended after it took all",
                        scene -> {
                            scene.state = ServiceState.DELETING;
                            scene.deployments.clear();
                            scene.swarm.clear();
                            scene.current = Optional.empty();
                            scene.route = new Route.None();
                        },
                        STATE_CONTRADICTED,
                        new Remedy.Observe(DriftScene.SERVICE, ServiceState.FAILED)),
                new Case(
                        "a Swarm service stayed of one that ended",
                        scene -> {
                            scene.sees(TWO, 1, 1);
                            scene.traces.put(TWO, Trace.ENDED);
                        },
                        ORPHAN,
                        new Remedy.RemoveRevision(DriftScene.ref(TWO))),
                new Case(
                        "a Swarm service stayed of a deleted service",
                        scene -> {
                            scene.seesElsewhere(TWO);
                            scene.traces.put(TWO, Trace.SERVICE_DELETED);
                        },
                        ORPHAN,
                        new Remedy.RemoveRevision(DriftScene.elsewhere(TWO))),
                new Case(
                        "the task of a release command stayed",
                        scene -> scene.seesRelease(TWO),
                        RELEASE_LEFT_BEHIND,
                        new Remedy.RemoveRelease(DriftScene.ref(TWO))),
                new Case(
                        "the task of a release command stayed of a deleted service",
                        scene -> {
                            scene.seesReleaseElsewhere(TWO);
                            scene.traces.put(TWO, Trace.SERVICE_DELETED);
                        },
                        RELEASE_LEFT_BEHIND,
                        new Remedy.RemoveRelease(DriftScene.elsewhere(TWO))),
                new Case(
                        "a release command's task is of a service that no row knows",
                        scene -> scene.seesReleaseElsewhere(TWO),
                        RELEASE_LEFT_BEHIND,
                        new Remedy.Report()),
                new Case(
                        "a Swarm service is of a deployment that no row knows",
                        scene -> scene.sees(TWO, 1, 1),
                        UNEXPLAINED,
                        new Remedy.Report()),
                new Case(
                        "somebody gave his own Swarm service our label",
                        scene -> scene.seesUnproven("theirs"),
                        UNEXPLAINED,
                        new Remedy.Report()));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void findsOneDifferenceAndItsRemedy(Case difference) {
        DriftScene scene = new DriftScene();
        difference.change().accept(scene);
        assertThat(scene.findings())
                .filteredOn(finding -> finding.kind() == difference.kind())
                .extracting(Finding::remedy)
                .containsExactly(difference.remedy());
        assertThat(scene.findings()).as("nothing else is wrong").hasSize(1);
    }

    @Test
    void aVolumeOfAServiceWithoutARowIsReportedAndOneOfAServiceThatIsThereIsNot() {
        DriftScene scene = new DriftScene();
        scene.seesVolume();
        assertThat(scene.findings()).isEmpty();
        scene.seesVolumeElsewhere();
        assertThat(scene.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(VOLUME_LEFT_BEHIND);
            assertThat(finding.subject()).isEqualTo("berth-test-elsewhere");
            assertThat(finding.service()).contains(DriftScene.elsewhere(ONE).service());
            assertThat(finding.remedy())
                    .as("data goes by nobody's hand but a person's")
                    .isEqualTo(new Remedy.Report());
        });
        scene.traces.put(ONE, Trace.SERVICE_DELETED);
        assertThat(scene.findings()).extracting(Finding::remedy).containsExactly(new Remedy.Report());
    }

    @Test
    void findsNothingWhereAllIsAsItShouldBe() {
        assertThat(new DriftScene().findings()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void leavesAloneWhatWasTouchedAMomentAgo(Case difference) {
        DriftScene scene = new DriftScene();
        difference.change().accept(scene);
        scene.touched = scene.now.minus(Duration.ofSeconds(9));
        scene.swarmTouched = scene.touched;
        assertThat(scene.findings()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void leavesAServiceWithAnOpenOperationAlone(Case difference) {
        DriftScene scene = new DriftScene();
        difference.change().accept(scene);
        scene.work = new Work(true, 0, Optional.empty());
        assertThat(scene.findings())
                .allSatisfy(finding -> assertThat(finding.service()).isNotEqualTo(Optional.of(DriftScene.SERVICE)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void saysNothingOfSwarmWhereItCouldNotBeAsked(Case difference) {
        DriftScene scene = new DriftScene();
        difference.change().accept(scene);
        scene.swarmAnswers = false;
        assertThat(scene.findings())
                .extracting(Finding::kind)
                .isSubsetOf(ROUTE_ASTRAY, ROUTE_MISSING, STATE_CONTRADICTED);
    }

    static Stream<DeploymentState> underWay() {
        return Stream.of(PENDING, BUILDING, DEPLOYING);
    }

    @ParameterizedTest
    @MethodSource("underWay")
    void endsWhatIsUnderWayWithoutAnOperation(DeploymentState state) {
        DriftScene scene = new DriftScene();
        scene.deployment(TWO, state, false, 0);
        assertThat(scene.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(DEPLOYMENT_ABANDONED);
            assertThat(finding.remedy()).isEqualTo(new Remedy.Withdraw(DriftScene.ref(TWO)));
        });
    }

    @Test
    void leavesAppsThatAreNotHealthyToTheirAuthors() {
        DriftScene scene = new DriftScene();
        scene.deployment(ONE, RUNNING, false, 2);
        scene.sees(ONE, 2, 1);
        assertThat(scene.findings()).as("it is degraded, and not proven").isEmpty();
    }

    @Test
    void asksNothingOfWhatIsStopped() {
        DriftScene scene = new DriftScene();
        scene.state = ServiceState.STOPPED;
        scene.route = new Route.Page();
        scene.deployment(ONE, RETIRED, true, 0);
        scene.sees(ONE, 0, 0);
        assertThat(scene.findings()).isEmpty();
        scene.swarm.clear();
        assertThat(scene.findings()).as("a start makes it anew").isEmpty();
    }

    @Test
    void repairsLessAndLessOftenWhereRepairsFail() {
        DriftScene scene = new DriftScene();
        scene.swarm.clear();
        for (int failures : new int[] {1, 3, 40}) {
            long minutes = Math.min(60, 1L << Math.min(failures - 1, 6));
            scene.failed(failures, Duration.ofMinutes(minutes).minusSeconds(1));
            assertThat(scene.findings()).extracting(Finding::remedy).containsExactly(new Remedy.Report());
            scene.failed(failures, Duration.ofMinutes(minutes));
            assertThat(scene.findings())
                    .extracting(Finding::remedy)
                    .containsExactly(new Remedy.Repair(DriftScene.ref(ONE)));
        }
    }

    @Test
    void oneLookProvesNothing() {
        DriftScene scene = new DriftScene();
        scene.swarm.clear();
        List<Finding> found = scene.findings();
        assertThat(TwoLooks.NONE.confirmed(found)).isEmpty();
        assertThat(TwoLooks.NONE.hasNews(found)).isTrue();
        TwoLooks second = TwoLooks.NONE.after(found);
        assertThat(second.confirmed(found)).isEqualTo(found);
        assertThat(second.hasNews(found)).isFalse();
        assertThat(second.after(List.of()).confirmed(found))
                .as("it went away in between")
                .isEmpty();
    }
}
