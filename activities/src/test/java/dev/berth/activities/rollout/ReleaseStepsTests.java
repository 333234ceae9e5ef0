package dev.berth.activities.rollout;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.activities.Pulse;
import dev.berth.activities.swarm.Jobs;
import dev.berth.activities.swarm.Task;
import dev.berth.activities.swarm.TestSwarm;
import dev.berth.domain.BuildRef;
import dev.berth.domain.DeployGates;
import dev.berth.domain.DeployWindows;
import dev.berth.domain.DeploymentRef;
import dev.berth.domain.DeploymentState;
import dev.berth.domain.Failure;
import dev.berth.domain.FailureCode;
import dev.berth.domain.ReleaseCommand;
import dev.berth.domain.RolloutPolicy;
import dev.berth.domain.TrafficPolicy;
import dev.berth.store.Deployment;
import dev.berth.store.Ids;
import dev.berth.store.LogLine;
import dev.berth.store.Release;
import dev.berth.testkit.RealPart;
import io.temporal.client.ActivityCanceledException;
import io.temporal.failure.ApplicationFailure;
import java.net.URLEncoder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Release commands of a real image on a real Swarm. */
@RealPart({"docker", "registry", "app", "traefik"})
final class ReleaseStepsTests {
    private static final Pulse STEADY = () -> {};

    private RolloutScene scene;
    private Jobs jobs;
    private ReleaseSteps steps;

    @TempDir
    private Path folder;

    @BeforeEach
    void begin() throws Exception {
        begin(DeployGates.OPEN);
    }

    private void begin(DeployGates gates) throws Exception {
        scene = new RolloutScene(
                folder,
                1,
                new RolloutPolicy(
                        Optional.empty(),
                        Optional.empty(),
                        RolloutPolicy.OnNewer.FINISH,
                        gates,
                        TrafficPolicy.DEFAULT));
        jobs = new Jobs(scene.swarm.engine, scene.swarm.instance);
        steps = scene.releases();
    }

    @AfterEach
    void end() throws Exception {
        jobs.removeOfService(scene.ref.serviceId());
        scene.close();
    }

    @Test
    void runsOnceAndKeepsWhatItSaid() {
        DeploymentRef deployment = deployment(List.of("/app", "write", "/etc", "/tmp"), Map.of());
        steps.run(deployment, STEADY);
        assertThat(release(deployment).status()).isEqualTo(Release.State.SUCCEEDED);
        assertThat(release(deployment).exitCode()).contains(0);
        assertThat(log(deployment)).contains("\"/tmp\":\"16 MB").contains("read-only file system");
        assertThat(jobs.all()).as("its task is gone").isEmpty();
        assertThat(due(deployment)).isFalse();
        steps.run(deployment, () -> {
            throw new AssertionError("it ran again");
        });
        assertThat(scene.swarm.revisions.labelled()).isEmpty();
    }

    /** 1 where the task's container could be looked at. */
    private int walls(Task task) {
        if (task.containerId().isEmpty()) {
            return 0;
        }
        JsonNode container =
                scene.swarm.engine.get("/containers/" + task.containerId().get() + "/json");
        assertThat(container.path("HostConfig").path("ReadonlyRootfs").asBoolean())
                .isTrue();
        assertThat(container.path("HostConfig").path("CapDrop").path(0).asText())
                .isIn("ALL", "CAP_ALL");
        assertThat(container.path("HostConfig").path("Memory").asLong()).isEqualTo(64L << 20);
        assertThat(container.path("Config").path("User").asText()).isEqualTo("1000:1000");
        assertThat(container.path("Config").path("Env").toString())
                .contains("SAYS=me")
                .contains("PORT=" + TestSwarm.PORT);
        assertThat(container.path("NetworkSettings").path("Networks").toString())
                .as("nobody reaches it by the service's name")
                .doesNotContain("\"shop\"");
        return 1;
    }

    @Test
    void anExitCodeEndsTheDeploymentWithItsLastLines() {
        DeploymentRef deployment = deployment(List.of("/app"), Map.of("CRASH", "4"));
        Failure failure = failureOf(deployment);
        assertThat(failure.code()).isEqualTo(FailureCode.RELEASE_FAILED);
        assertThat(failure.sentence()).contains("exit code 4");
        assertThat(failure.evidence()).contains("DATABASE_URL is not set");
        assertThat(release(deployment).exitCode()).contains(4);
        assertThat(log(deployment)).contains("reading configuration", "panic: DATABASE_URL is not set");
        assertThat(jobs.all()).isEmpty();
        assertThat(failureOf(deployment))
                .as("an attempt after it tells the same")
                .isEqualTo(failure);
        assertThat(scene.steps.withdraw(deployment, DeploymentState.FAILED, failure))
                .isEqualTo(DeploymentState.FAILED);
        assertThat(failureOf(deployment).code())
                .as("a late attempt runs nothing")
                .isEqualTo(FailureCode.CANCELLED);
    }

    @Test
    void aStartTriesAgainAndTheLogHasBothTriesInTheirOrder() {
        DeploymentRef deployment = queued(List.of("/app"), Map.of("CRASH", "4"), 64);
        scene.rows.in(
                deployment,
                () -> assertThat(scene.rows.deployments().move(deployment, DeploymentState.RETIRED))
                        .as("kept for a start")
                        .isTrue());
        failureOf(deployment);
        String first = log(deployment);
        failureOf(deployment);
        String both = log(deployment);
        assertThat(both).startsWith(first);
        assertThat(both.substring(first.length()))
                .as("none of its lines is taken for one of the try before")
                .contains("reading configuration", "panic: DATABASE_URL is not set");
    }

    @Test
    void aProgramThatIsNotThereIsToldFromOneThatFails() {
        assertThat(failureOf(deployment(List.of("/bin/absent", "up"), Map.of())).code())
                .isEqualTo(FailureCode.RELEASE_COMMAND_NOT_FOUND);
    }

    @Test
    void whatDoesNotEndIsEndedAndStandsBehindTheWallsMeanwhile() throws Exception {
        end();
        begin(new DeployGates(false, DeployWindows.ALWAYS, Optional.empty(), Optional.of(8)));
        DeploymentRef deployment = deployment(List.of("/app"), Map.of("SAYS", "me"));
        AtomicInteger seen = new AtomicInteger();
        Failure failure =
                failureOf(deployment, () -> jobs.tasks(deployment).forEach(task -> seen.addAndGet(walls(task))));
        assertThat(seen.get()).as("looks at its container").isPositive();
        assertThat(failure.code()).as(failure.toString()).isEqualTo(FailureCode.RELEASE_TIMED_OUT);
        assertThat(jobs.all()).isEmpty();
    }

    @Test
    void aSecondAttemptWaitsForTheFirstOnesTaskAndACancelTakesItAway() {
        DeploymentRef deployment = deployment(List.of("/app"), Map.of());
        assertThatThrownBy(() -> steps.run(deployment, dyingWhen(deployment, 1, new IllegalStateException("it died"))))
                .isInstanceOf(IllegalStateException.class);
        String task = jobs.tasks(deployment).getFirst().id();
        assertThatThrownBy(() -> steps.run(deployment, dyingWhen(deployment, 3, new ActivityCanceledException())))
                .isInstanceOf(ActivityCanceledException.class);
        assertThat(seenTasks).containsOnly(task);
        assertThat(jobs.all()).isEmpty();
        assertThat(release(deployment).status()).isEqualTo(Release.State.CANCELLED);
        // Engine 20.10 leaves the container of a removed replicated-job running.
        await().atMost(Duration.ofSeconds(90))
                .untilAsserted(
                        () -> assertThat(containers(task)).as("its container").isEmpty());
    }

    private JsonNode containers(String task) {
        return scene.swarm.engine.get("/containers/json?all=true&filters="
                + URLEncoder.encode("{\"label\":[\"com.docker.swarm.task.id=" + task + "\"]}", UTF_8));
    }

    @Test
    void aFullClusterSaysSoLongBeforeTheDeadline() {
        DeploymentRef deployment = deployment(List.of("/app"), Map.of(), 900_000);
        assertThat(failureOf(deployment).code()).isEqualTo(FailureCode.NO_CAPACITY);
        assertThat(jobs.all()).isEmpty();
    }

    private final List<String> seenTasks = new ArrayList<>();

    /** Throws once the task has been seen so often. */
    private Pulse dyingWhen(DeploymentRef deployment, int looks, RuntimeException end) {
        AtomicInteger left = new AtomicInteger(looks);
        return () -> {
            List<Task> tasks = jobs.tasks(deployment);
            tasks.forEach(task -> seenTasks.add(task.id()));
            if (!tasks.isEmpty() && left.getAndDecrement() == 0) {
                throw end;
            }
        };
    }

    private DeploymentRef deployment(List<String> argv, Map<String, String> env) {
        return deployment(argv, env, 64);
    }

    private DeploymentRef deployment(List<String> argv, Map<String, String> env, int memoryMb) {
        DeploymentRef deployment = queued(argv, env, memoryMb);
        assertThat(scene.steps.admit(deployment).releases()).isTrue();
        return deployment;
    }

    private DeploymentRef queued(List<String> argv, Map<String, String> env, int memoryMb) {
        DeploymentRef deployment = new DeploymentRef(scene.swarm.organization, scene.swarm.service, Ids.next());
        BuildRef build = new BuildRef(deployment.organizationId(), deployment.serviceId(), Ids.next());
        scene.rows.in(deployment, () -> {
            scene.rows.builds().insert(build, "https://git.example/shop.git", "main");
            scene.rows
                    .deployments()
                    .insert(
                            deployment,
                            Optional.of(build.buildId()),
                            new Deployment.Configuration(
                                    500,
                                    memoryMb,
                                    TestSwarm.PORT,
                                    "/",
                                    env,
                                    Optional.of(new ReleaseCommand(argv)),
                                    false));
        });
        scene.steps.adoptImage(deployment, scene.image.digest());
        return deployment;
    }

    private Failure failureOf(DeploymentRef deployment) {
        return failureOf(deployment, STEADY);
    }

    private Failure failureOf(DeploymentRef deployment, Pulse pulse) {
        ApplicationFailure thrown = catchThrowableOfType(ApplicationFailure.class, () -> steps.run(deployment, pulse));
        return thrown.getDetails().get(0, Failure.class);
    }

    private Release release(DeploymentRef deployment) {
        return scene.rows.in(
                deployment, () -> scene.rows.releases().find(deployment).orElseThrow());
    }

    private boolean due(DeploymentRef deployment) {
        Deployment row = scene.row(deployment);
        return scene.rows.in(deployment, () -> steps.isDue(row));
    }

    private String log(DeploymentRef deployment) {
        return scene.rows.in(deployment, () -> scene.rows.releases().after(deployment, 0, 100)).stream()
                .map(LogLine::text)
                .collect(Collectors.joining("\n"));
    }
}
