package dev.berth.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.domain.DeploymentRef;
import dev.berth.domain.DeploymentState;
import dev.berth.domain.TrafficPolicy;
import dev.berth.domain.TrafficPolicy.Strategy;
import dev.berth.domain.canary.CanaryTally;
import dev.berth.domain.canary.CanaryTally.Counters;
import dev.berth.domain.canary.CanaryVerdict;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How the traffic is shared between two deployments is said by rows alone. */
final class CanariesTests {
    private static final Duration DAY = Duration.ofDays(1);
    private static final TrafficPolicy POLICY = new TrafficPolicy(Strategy.CANARY, 25, 0, 2);

    private final Sample sample = new Sample();
    private final Canaries canaries = new Canaries(sample.source);
    private final DeploymentRef serving = deploying();
    private final DeploymentRef canary = deploying();

    @BeforeEach
    void oneServes() {
        in(() -> {
            sample.routes.point(sample.service.host(), serving);
            sample.endpoints.replace(serving, Map.of("a", "10.0.1.5"));
            sample.endpoints.replace(canary, Map.of("b", "10.0.1.7"));
            canaries.plan(canary, POLICY);
        });
    }

    @Test
    void aSplitRouteSaysWhoGetsWhatUntilOneGetsAll() {
        long before = sample.again(sample.routes::generation);
        long split = sample.again(() -> sample.routes.split(canary));
        assertThat(split).isGreaterThan(before);
        assertThat(sample.again(() -> sample.routes.split(canary)))
                .as("a second try changes nothing")
                .isEqualTo(split);
        EdgeRow shared = edge();
        assertThat(shared.deploymentId()).isEqualTo(serving.deploymentId());
        assertThat(shared.addresses()).containsExactly("10.0.1.5");
        EdgeRow.Part part = shared.canary().orElseThrow();
        assertThat(part.deploymentId()).isEqualTo(canary.deploymentId());
        assertThat(part.weight()).isEqualTo(25);
        assertThat(part.addresses()).containsExactly("10.0.1.7");
        assertThat(sample.again(() -> sample.routes.point(sample.service.host(), canary)))
                .isGreaterThan(split);
        assertThat(edge().deploymentId()).isEqualTo(canary.deploymentId());
        assertThat(edge().canary()).isEmpty();
    }

    @Test
    void theRestGetsAllAgainWhenTheCanaryLosesItsPart() {
        long split = sample.again(() -> sample.routes.split(canary));
        long joined = sample.again(() -> sample.routes.join(canary));
        assertThat(joined).isGreaterThan(split);
        assertThat(sample.again(() -> sample.routes.join(canary))).isEqualTo(joined);
        assertThat(edge().canary()).isEmpty();
    }

    @Test
    void aRouteThatIsPointedWhereItPointsIsWholeAgain() {
        in(() -> {
            sample.routes.split(canary);
            sample.routes.point(sample.service.host(), serving);
        });
        assertThat(edge().canary()).isEmpty();
        in(() -> {
            sample.routes.split(canary);
            sample.routes.stop(sample.service.host(), sample.service.ref());
        });
        assertThat(sample.again(() -> sample.routes.find(sample.service.ref()))
                        .orElseThrow()
                        .canaryId())
                .isEmpty();
    }

    @Test
    void whatHasEndedOrServesOrStandsAloneGetsNoPart() {
        in(() -> sample.routes.split(serving));
        assertThat(edge().canary()).isEmpty();
        in(() -> sample.deployments.fail(canary, DeploymentState.FAILED, Plot.FAILURE));
        in(() -> sample.routes.split(canary));
        assertThat(edge().canary()).as("a late attempt").isEmpty();
        DeploymentRef other = deploying();
        in(() -> {
            canaries.plan(other, POLICY);
            sample.routes.remove(sample.service.ref());
            sample.routes.split(other);
        });
        assertThat(sample.tenancy.asPlatform("test", sample.routes::forEdge)).isEmpty();
    }

    @Test
    void theFirstDecisionStandsAndNothingIsCountedAfterIt() {
        assertThat(sample.again(() -> canaries.promote(canary, Optional.empty())))
                .as("it has no part yet")
                .isFalse();
        CanaryTally tally = CanaryTally.NOTHING.plus(new Counters(30, 1));
        in(() -> {
            canaries.begin(canary, DAY);
            canaries.count(canary, tally);
        });
        Canary waiting = row();
        assertThat(waiting.isOpen()).isTrue();
        assertThat(waiting.tally()).isEqualTo(tally);
        assertThat(Duration.between(
                        waiting.beganAt().orElseThrow(), waiting.endsAt().orElseThrow()))
                .isEqualTo(DAY);
        assertThat(sample.again(() -> canaries.abort(canary, Optional.empty(), CanaryVerdict.aborted(tally))))
                .isTrue();
        assertThat(sample.again(() -> canaries.promote(canary, Optional.empty())))
                .isFalse();
        in(() -> {
            canaries.count(canary, tally.plus(new Counters(40, 9)));
            canaries.begin(canary, Duration.ZERO);
            canaries.plan(canary, TrafficPolicy.DEFAULT);
        });
        assertThat(row().decision()).contains(Canary.Decision.ABORT);
        assertThat(row().failure()).contains(CanaryVerdict.aborted(tally));
        assertThat(row().tally()).isEqualTo(tally);
        assertThat(row().weight()).isEqualTo(25);
        assertThat(row().endsAt()).isEqualTo(waiting.endsAt());
    }

    @Test
    void itEndsWhenItsServiceSaysSo() {
        DeploymentRef timed = deploying();
        in(() -> {
            canaries.plan(timed, new TrafficPolicy(Strategy.CANARY, 5, 60, 100));
            canaries.begin(timed, DAY);
        });
        Canary found = sample.again(() -> canaries.ofAll(sample.organization, List.of(timed.deploymentId())))
                .getFirst();
        assertThat(Duration.between(
                        found.beganAt().orElseThrow(), found.endsAt().orElseThrow()))
                .hasSeconds(60);
    }

    @Test
    void countingMovesNoEdge() {
        in(() -> canaries.begin(canary, DAY));
        long before = sample.again(sample.routes::generation);
        in(() -> canaries.count(canary, CanaryTally.NOTHING.plus(new Counters(30, 1))));
        assertThat(sample.again(sample.routes::generation)).isEqualTo(before);
    }

    private DeploymentRef deploying() {
        DeploymentRef deployment = sample.deployment();
        in(() -> sample.deployments.move(deployment, DeploymentState.DEPLOYING));
        return deployment;
    }

    private EdgeRow edge() {
        return sample.tenancy.asPlatform("test", sample.routes::forEdge).getFirst();
    }

    private Canary row() {
        return sample.again(() -> canaries.find(canary)).orElseThrow();
    }

    private void in(Runnable work) {
        sample.tenancy.inOrg(sample.organization, work);
    }
}
