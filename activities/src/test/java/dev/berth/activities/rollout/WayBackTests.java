package dev.berth.activities.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.activities.builds.TestServices;
import dev.berth.domain.DeploymentRef;
import dev.berth.domain.DeploymentState;
import dev.berth.domain.Failure;
import dev.berth.domain.FailureCode;
import dev.berth.domain.ImageDigest;
import dev.berth.domain.ServiceRef;
import dev.berth.store.Deployment;
import dev.berth.store.Ids;
import dev.berth.testkit.TestDatabase;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Two versions are proven, and a third serves in its soak. */
final class WayBackTests {
    private static final TestDatabase DATABASE = TestDatabase.fresh();
    private static final ImageDigest IMAGE = new ImageDigest("sha256:" + "ab".repeat(32));

    private final Rows rows = Rows.of(DATABASE.dataSource());
    private final ServiceRef service = TestServices.insert(DATABASE, "https://git.example/shop.git");
    private final DeploymentRef first = proven();
    private final DeploymentRef second = proven();
    private final DeploymentRef soaking = serving();

    @Test
    void aRollBackThatIsGivenUpGoesBackToWhatServedThoughThatWasNeverProven() {
        route(second);
        assertThat(wayBack(second, Optional.of(soaking))).contains(soaking);
    }

    @Test
    void aRollBackThatIsGivenUpGoesToTheLastProvenWhereWhatServedHasEnded() {
        route(second);
        rows.in(soaking, () -> {
            Failure crash = Failure.of(FailureCode.CRASHED_IN_SOAK, "It crashed.", "");
            rows.deployments().fail(soaking, DeploymentState.ROLLED_BACK, crash);
            rows.deployments().markRemoved(soaking);
        });
        assertThat(wayBack(second, Optional.of(soaking))).contains(first);
    }

    @Test
    void aDeploymentThatIsGivenUpGoesToTheLastProven() {
        assertThat(wayBack(soaking, Optional.empty())).contains(second);
    }

    @Test
    void whereTheTrafficHasBeenMovedAlreadyItStays() {
        route(first);
        assertThat(wayBack(second, Optional.of(soaking))).contains(first);
    }

    private Optional<DeploymentRef> wayBack(DeploymentRef from, Optional<DeploymentRef> before) {
        Rows.Subject subject = rows.subject(from);
        return rows.in(from, () -> new WayBack(rows).from(subject, before));
    }

    private DeploymentRef proven() {
        DeploymentRef deployment = serving();
        rows.in(deployment, () -> rows.deployments().prove(deployment));
        return deployment;
    }

    private DeploymentRef serving() {
        DeploymentRef deployment = new DeploymentRef(service.organizationId(), service.serviceId(), Ids.next());
        rows.in(deployment, () -> {
            rows.deployments()
                    .insert(
                            deployment,
                            Optional.empty(),
                            new Deployment.Configuration(500, 64, 8080, "/", Map.of(), Optional.empty(), false));
            rows.deployments().adoptImage(deployment, IMAGE, Optional.empty());
            rows.deployments().move(deployment, DeploymentState.DEPLOYING);
        });
        route(deployment);
        return deployment;
    }

    private void route(DeploymentRef deployment) {
        rows.in(deployment, () -> {
            String host = rows.services().find(service).orElseThrow().host();
            rows.routes().point(host, deployment);
            rows.deployments().serve(deployment);
        });
    }
}
