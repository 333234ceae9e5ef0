package dev.berth.activities.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.berth.domain.BuildRef;
import dev.berth.domain.DeployGates;
import dev.berth.domain.DeploymentRef;
import dev.berth.domain.DeploymentState;
import dev.berth.domain.Failure;
import dev.berth.domain.FailureCode;
import dev.berth.domain.ReleaseCommand;
import dev.berth.domain.RolloutPolicy;
import dev.berth.domain.TrafficPolicy;
import dev.berth.domain.TrafficPolicy.Strategy;
import dev.berth.domain.Volume;
import dev.berth.store.Deployment;
import dev.berth.store.Ids;
import dev.berth.store.LogLine;
import dev.berth.testkit.RealPart;
import io.temporal.failure.ApplicationFailure;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder that stays, through all that becomes of its service; on a real database, Swarm, edge and registry. */
@RealPart({"docker", "registry", "app", "traefik"})
final class VolumeStepsTests {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final RolloutPolicy ONE_AT_A_TIME = new RolloutPolicy(
            Optional.empty(),
            Optional.empty(),
            RolloutPolicy.OnNewer.FINISH,
            DeployGates.OPEN,
            new TrafficPolicy(Strategy.RECREATE, 10, 0, 5));

    private RolloutScene scene;
    private Containers containers;

    @BeforeEach
    void begin(@TempDir Path folder) throws Exception {
        scene = new RolloutScene(folder, 1, ONE_AT_A_TIME);
        containers = new Containers(scene);
    }

    @AfterEach
    void end() throws Exception {
        containers.close();
        scene.close();
    }

    @Test
    void whatIsWrittenOutlivesADeployARollBackAndAStop() throws Exception {
        scene.addVolume();
        DeploymentRef first = scene.deploy(Map.of("SAYS", "one"));
        assertThat(scene.serviceRow().volume().flatMap(Volume::node))
                .contains(scene.swarm.engine.membership().nodeId());
        keep("a");
        DeploymentRef second = scene.deploy(Map.of("SAYS", "two"));
        assertThat(kept()).isEqualTo("a\n");
        keep("b");
        rollBackTo(first);
        assertThat(kept()).isEqualTo("a\nb\n");
        scene.steps.showStopped(scene.ref);
        scene.steps.stopRevisions(scene.ref);
        assertThat(scene.swarm.volumes.all()).hasSize(1);
        rollBackTo(second);
        assertThat(kept()).isEqualTo("a\nb\n");
        assertThat(containers.mostAtOnce()).isEqualTo(1);
    }

    @Test
    void whatNeverComesUpLeavesItToWhatServedBefore() throws Exception {
        scene.addVolume();
        scene.deploy(Map.of("SAYS", "good"));
        keep("a");
        DeploymentRef bad = scene.pending(Map.of("SAYS", "bad", "CRASH", "4"));
        scene.steps.admit(bad);
        scene.steps.createRevision(bad);
        ApplicationFailure failure =
                catchThrowableOfType(ApplicationFailure.class, () -> scene.steps.awaitHealthy(bad, SOON));
        scene.steps.routeBack(bad, null);
        scene.steps.withdraw(bad, DeploymentState.FAILED, failure.getDetails().get(0, Failure.class));
        assertThat(kept()).isEqualTo("a\n");
        assertThat(containers.mostAtOnce()).isEqualTo(1);
    }

    @Test
    void aVersionFromBeforeItDoesNotSeeItAndTheNextDoes() throws Exception {
        DeploymentRef before = scene.deploy(Map.of("SAYS", "before"));
        assertThat(get("/keep?line=x").statusCode())
                .as("/data of the image alone")
                .isEqualTo(507);
        scene.addVolume();
        DeploymentRef with = scene.deploy(Map.of("SAYS", "with"));
        keep("a");
        rollBackTo(before);
        assertThat(get("/kept").statusCode()).isEqualTo(404);
        rollBackTo(with);
        assertThat(kept()).isEqualTo("a\n");
    }

    @Test
    void itGoesWithItsServiceAndNotWithItsDeployments() throws Exception {
        scene.addVolume();
        for (int i = 0; i < 4; i++) {
            scene.deploy(Map.of("SAYS", "version " + i));
            scene.steps.retirePredecessors(scene.ref);
        }
        assertThat(scene.swarm.volumes.all()).hasSize(1);
        scene.steps.removeRoute(scene.ref);
        // Its containers are still ending when this begins.
        scene.steps.removeRevisions(scene.ref);
        assertThat(scene.swarm.volumes.all()).isEmpty();
        scene.steps.removeRevisions(scene.ref);
    }

    @Test
    void oneThatIsSomebodyElsesStaysThoughItsNameIsOurs() throws Exception {
        scene.addVolume();
        scene.deploy(Map.of());
        String name = scene.swarm.volumes.all().getFirst().name();
        scene.steps.removeRoute(scene.ref);
        scene.steps.removeRevisions(scene.ref);
        scene.swarm.engine.post("/volumes/create", scene.swarm.engine.object().put("Name", name));
        try {
            scene.steps.removeRevisions(scene.ref);
            assertThat(scene.swarm.engine.get("/volumes/" + name).path("Name").asText())
                    .isEqualTo(name);
        } finally {
            scene.swarm.engine.delete("/volumes/" + name);
        }
    }

    @Test
    void theReleaseCommandDoesNotSeeIt() throws Exception {
        scene.addVolume();
        scene.deploy(Map.of());
        keep("a");
        DeploymentRef next = released(List.of("/app", "write", "/data"));
        scene.releases().run(next, () -> {});
        String said = scene.rows.in(next, () -> scene.rows.releases().after(next, 0, 100)).stream()
                .map(LogLine::text)
                .collect(Collectors.joining("\n"));
        assertThat(said).contains("/data").contains("0 MB").contains("read-only file system");
        assertThat(kept()).isEqualTo("a\n");
    }

    @Test
    void whatServesIsNotEndedForOneWhoseHostTakesNoReplicas() throws Exception {
        scene.deploy(Map.of("SAYS", "one"));
        scene.addVolume();
        scene.rows.in(scene.ref, () -> scene.rows.services().placeVolume(scene.ref, "gone1"));
        DeploymentRef second = scene.pending(Map.of("SAYS", "two"));
        scene.steps.admit(second);
        ApplicationFailure failure =
                catchThrowableOfType(ApplicationFailure.class, () -> scene.steps.createRevision(second));
        assertThat(failure.getType()).isEqualTo(FailureCode.NO_HOST.name());
        assertThat(failure.isNonRetryable()).as("the host may come back").isFalse();
        assertThat(get("/").body()).isEqualTo("one");
        assertThat(scene.swarm.revisions.find(second)).isEmpty();
    }

    private void rollBackTo(DeploymentRef deployment) {
        scene.steps.admit(deployment);
        scene.steps.reviveRevision(deployment);
        scene.steps.awaitHealthy(deployment, SOON);
        scene.steps.routeTraffic(deployment);
    }

    private DeploymentRef released(List<String> argv) {
        DeploymentRef deployment = new DeploymentRef(scene.swarm.organization, scene.swarm.service, Ids.next());
        BuildRef build = new BuildRef(deployment.organizationId(), deployment.serviceId(), Ids.next());
        Deployment.Configuration configured = Deployment.Configuration.of(scene.serviceRow());
        scene.rows.in(deployment, () -> {
            scene.rows.builds().insert(build, "https://git.example/shop.git", "main");
            scene.rows
                    .deployments()
                    .insert(
                            deployment,
                            Optional.of(build.buildId()),
                            new Deployment.Configuration(
                                    configured.cpuMillis(),
                                    configured.memoryMb(),
                                    configured.port(),
                                    configured.healthPath(),
                                    configured.env(),
                                    Optional.of(new ReleaseCommand(argv)),
                                    true));
        });
        scene.steps.adoptImage(deployment, scene.image.digest());
        scene.steps.admit(deployment);
        return deployment;
    }

    private void keep(String line) throws Exception {
        HttpResponse<String> answer = get("/keep?line=" + line);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private String kept() throws Exception {
        return get("/kept").body();
    }

    private HttpResponse<String> get(String path) throws Exception {
        return scene.edge.get(scene.host(), path);
    }
}
