package dev.berth.activities.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.berth.activities.builds.TestServices;
import dev.berth.activities.swarm.Engine;
import dev.berth.domain.DeploymentRef;
import dev.berth.domain.DeploymentState;
import dev.berth.domain.FailureCode;
import dev.berth.domain.ImageDigest;
import dev.berth.domain.ServiceRef;
import dev.berth.store.Deployment;
import dev.berth.store.Ids;
import dev.berth.testkit.TestDatabase;
import io.temporal.failure.ApplicationFailure;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a start begins with; by rows alone, so the engine is nowhere. */
final class ChooseForStartTests {
    private static final TestDatabase DATABASE = TestDatabase.fresh();
    private static final ImageDigest IMAGE = new ImageDigest("sha256:" + "ab".repeat(32));

    private final Rows rows = Rows.of(DATABASE.dataSource());
    private final ServiceRef service = TestServices.insert(DATABASE, "https://git.example/shop.git");
    private final Stopping stopping =
            new Stopping(rows, Cluster.of(Engine.at(URI.create("unix:///nowhere")), "test", "edge"));

    @Test
    void nothingWhereTheServiceServes() {
        DeploymentRef serving = kept();
        route(serving);
        see(serving);
        assertThat(stopping.chooseForStart(service)).isEmpty();
    }

    @Test
    void whatHasTheTrafficWhereAStartDiedBeforeItSawItServe() {
        DeploymentRef started = kept();
        kept();
        route(started);
        assertThat(stopping.chooseForStart(service)).contains(started);
    }

    @Test
    void theNewestThatIsKeptWhereNothingHasTheTraffic() {
        kept();
        DeploymentRef newest = kept();
        assertThat(stopping.chooseForStart(service)).contains(newest);
    }

    @Test
    void saysWhereNothingIsKept() {
        ApplicationFailure failure =
                catchThrowableOfType(ApplicationFailure.class, () -> stopping.chooseForStart(service));
        assertThat(failure.getType()).isEqualTo(FailureCode.NOTHING_RETAINED.name());
    }

    private DeploymentRef kept() {
        DeploymentRef deployment = new DeploymentRef(service.organizationId(), service.serviceId(), Ids.next());
        rows.in(deployment, () -> {
            rows.deployments()
                    .insert(
                            deployment,
                            Optional.empty(),
                            new Deployment.Configuration(500, 64, 8080, "/", Map.of(), Optional.empty(), false));
            rows.deployments().adoptImage(deployment, IMAGE, Optional.empty());
            rows.deployments().move(deployment, DeploymentState.RETIRED);
        });
        return deployment;
    }

    private void route(DeploymentRef deployment) {
        rows.in(deployment, () -> {
            rows.routes().point(rows.services().find(service).orElseThrow().host(), deployment);
        });
    }

    private void see(DeploymentRef deployment) {
        rows.in(deployment, () -> {
            rows.services().setCurrentDeployment(service, Optional.of(deployment.deploymentId()));
            rows.deployments().serve(deployment);
        });
    }
}
