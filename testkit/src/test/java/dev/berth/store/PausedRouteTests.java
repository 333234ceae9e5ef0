package dev.berth.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.domain.DeploymentRef;
import dev.berth.domain.DeploymentState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A host that the edge answers for while what serves is ended for its successor. */
final class PausedRouteTests {
    private final Sample sample = new Sample();
    private final DeploymentRef serving = sample.deployment();
    private final DeploymentRef successor = sample.deployment();

    @BeforeEach
    void oneServes() {
        in(() -> {
            sample.routes.point(sample.service.host(), serving);
            sample.endpoints.replace(serving, Map.of("a", "10.0.1.5"));
            sample.deployments.move(successor, DeploymentState.DEPLOYING);
        });
    }

    @Test
    void isOfNothingThatServesUntilItsSuccessorDoesAndTheGapIsKept() {
        long before = sample.again(sample.routes::generation);
        long paused = sample.again(() -> sample.routes.pause(successor));
        assertThat(paused).isGreaterThan(before);
        assertThat(sample.again(() -> sample.routes.pause(successor)))
                .as("a second try changes nothing")
                .isEqualTo(paused);
        assertThat(served()).isEmpty();
        assertThat(stopped()).singleElement().satisfies(row -> {
            assertThat(row.host()).isEqualTo(sample.service.host());
            assertThat(row.paused()).isTrue();
        });
        in(() -> {
            sample.routes.point(sample.service.host(), successor);
            sample.deployments.endGap(successor);
        });
        assertThat(served()).extracting(EdgeRow::deploymentId).containsExactly(successor.deploymentId());
        assertThat(stopped()).isEmpty();
        Optional<Duration> gap = gap(successor);
        assertThat(gap).hasValueSatisfying(lasted -> assertThat(lasted).isPositive());
        in(() -> sample.deployments.endGap(successor));
        assertThat(gap(successor)).as("the first end stands").isEqualTo(gap);
        assertThat(gap(serving)).isEmpty();
    }

    /** Between two looks at two moments it would be in neither, and its visitors would get the page of a host that nobody knows. */
    @Test
    void isInOneOfTheTwoListsThoughItIsEndedBetweenThem() throws Exception {
        in(() -> sample.routes.pause(successor));
        try (ExecutorService other = Executors.newSingleThreadExecutor()) {
            int lists = sample.tenancy.lookAsPlatform("test", () -> {
                List<EdgeRow> served = sample.routes.forEdge();
                other.submit(() -> in(() -> sample.routes.point(sample.service.host(), successor)));
                other.shutdown();
                assertThat(ended(other)).isTrue();
                return served.size() + sample.routes.stoppedForEdge().size();
            });
            assertThat(lists).isEqualTo(1);
        }
        assertThat(served()).hasSize(1);
    }

    private static boolean ended(ExecutorService other) {
        try {
            return other.awaitTermination(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void servesAgainWhereItIsPointedWhereItPointed() {
        in(() -> {
            sample.routes.pause(successor);
            sample.routes.point(sample.service.host(), serving);
        });
        assertThat(served()).extracting(EdgeRow::deploymentId).containsExactly(serving.deploymentId());
    }

    @Test
    void isNotPausedForItselfNorWhereNothingServes() {
        long before = sample.again(sample.routes::generation);
        assertThat(sample.again(() -> sample.routes.pause(serving))).isEqualTo(before);
        in(() -> {
            sample.routes.stop(sample.service.host(), sample.service.ref());
            sample.routes.pause(successor);
            sample.deployments.endGap(successor);
        });
        assertThat(stopped()).extracting(StoppedRow::paused).containsExactly(false);
        assertThat(gap(successor)).isEmpty();
    }

    @Test
    void isTheStoppedPageOnceItsServiceIsStopped() {
        in(() -> {
            sample.routes.pause(successor);
            sample.routes.stop(sample.service.host(), sample.service.ref());
        });
        assertThat(stopped()).extracting(StoppedRow::paused).containsExactly(false);
    }

    private List<EdgeRow> served() {
        return sample.tenancy.asPlatform("test", sample.routes::forEdge);
    }

    private List<StoppedRow> stopped() {
        return sample.tenancy.asPlatform("test", sample.routes::stoppedForEdge);
    }

    private Optional<Duration> gap(DeploymentRef deployment) {
        return sample.again(() -> sample.deployments.find(deployment))
                .orElseThrow()
                .gap();
    }

    private void in(Runnable work) {
        sample.tenancy.inOrg(sample.organization, work);
    }
}
