package dev.berth.activities.swarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.activities.TestImage;
import dev.berth.activities.swarm.RevisionObserver.Failed;
import dev.berth.activities.swarm.RevisionObserver.Healthy;
import dev.berth.domain.DeploymentRef;
import dev.berth.domain.Failure;
import dev.berth.domain.FailureCode;
import dev.berth.testkit.RealPart;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@RealPart({"docker", "registry", "app"})
final class RevisionsTests {
    private final TestSwarm swarm = new TestSwarm();
    private TestImage image;

    @BeforeEach
    void pushTheImage() throws Exception {
        image = TestImage.push("test/app");
    }

    @AfterEach
    void removeEverything() throws Exception {
        swarm.close();
    }

    @Test
    void aHealthyRevisionRunsTheDigestOnAddressesOfItsNetwork() {
        RevisionSpec spec = swarm.spec(swarm.deployment(), image, 2, Map.of("SAYS", "hello"));
        long begin = System.nanoTime();
        Revision first = swarm.create(spec);
        Healthy healthy = swarm.awaitHealthy(spec, image);
        System.out.printf(
                "create -> healthy, 2 replicas: %d ms%n",
                Duration.ofNanos(System.nanoTime() - begin).toMillis());
        assertThat(healthy.tasks()).hasSize(2).allSatisfy(task -> {
            assertThat(task.image()).endsWith(image.digest().value());
            assertThat(task.addresses()).hasSize(1);
        });
        assertThat(swarm.create(spec)).as("creating again finds it").isEqualTo(first);
        assertThat(swarm.revisions.ofService(swarm.service)).hasSize(1);
        assertThat(swarm.networks.all()).hasSize(1);
    }

    @Test
    void itIsConfined() {
        RevisionSpec spec = swarm.spec(swarm.deployment(), image, 1, Map.of());
        swarm.create(spec);
        String container =
                swarm.awaitHealthy(spec, image).tasks().getFirst().containerId().orElseThrow();
        var found = swarm.engine.get("/containers/" + container + "/json");
        assertThat(found.at("/HostConfig/CapDrop").toString()).isEqualTo("[\"ALL\"]");
        assertThat(found.at("/HostConfig/PidsLimit").asInt()).isEqualTo(512);
        assertThat(found.at("/HostConfig/Memory").asLong()).isEqualTo(64L << 20);
        assertThat(found.at("/HostConfig/Init").asBoolean()).isTrue();
        assertThat(found.at("/HostConfig/NanoCpus").asLong()).isEqualTo(500_000_000);
        assertThat(found.at("/HostConfig/ReadonlyRootfs").asBoolean()).isTrue();
        assertThat(found.at("/HostConfig/LogConfig/Config/max-size").asText()).isEqualTo("10m");
        assertThat(found.at("/Config/User").asText()).isEqualTo("1000:1000");
        assertThat(found.at("/Config/Labels/berth.deployment").asText())
                .isEqualTo(spec.deployment().deploymentId().toString());
    }

    @Test
    void scalingAndRemovingMayBeRepeated() {
        DeploymentRef deployment = swarm.deployment();
        RevisionSpec spec = swarm.spec(deployment, image, 1, Map.of());
        swarm.create(spec);
        swarm.awaitHealthy(spec, image);
        swarm.revisions.scale(deployment, 2);
        swarm.revisions.scale(deployment, 2);
        await().atMost(Duration.ofSeconds(30)).until(() -> serving(deployment) == 2);
        swarm.revisions.scale(deployment, 0);
        await().atMost(Duration.ofSeconds(30)).until(() -> serving(deployment) == 0);
        assertThat(swarm.revisions.find(deployment))
                .get()
                .extracting(Revision::replicas)
                .isEqualTo(0);
        swarm.revisions.remove(deployment);
        swarm.revisions.remove(deployment);
        assertThat(swarm.revisions.find(deployment)).isEmpty();
        assertThat(swarm.revisions.tasks(deployment)).isEmpty();
    }

    @Test
    void oneInstallationDoesNotSeeAnother() {
        swarm.create(swarm.spec(swarm.deployment(), image, 0, Map.of()));
        Revisions others = new Revisions(swarm.engine, "somebody-else");
        assertThat(others.all()).isEmpty();
        assertThat(swarm.revisions.all()).hasSize(1);
    }

    @Test
    void aCrashOnStartIsToldWithExitCodeAndLastLines() {
        Failure failure = failureOf(1, Map.of("CRASH", "3"), image);
        assertThat(failure.code()).isEqualTo(FailureCode.CRASHED_ON_START);
        assertThat(failure.sentence()).contains("exit code 3");
        assertThat(failure.evidence()).contains("DATABASE_URL is not set");
    }

    @Test
    void anAppThatEndsByItselfIsToldToStay() {
        Failure failure = failureOf(1, Map.of("CRASH", "0"), image);
        assertThat(failure.code()).isEqualTo(FailureCode.CRASHED_ON_START);
        assertThat(failure.sentence()).contains("ended by itself");
    }

    @Test
    void aSickHealthPathIsToldWithWhatTheProbeSaw() {
        Failure failure = failureAtDeadline(Map.of("HEALTH", "/sick"));
        assertThat(failure.code()).isEqualTo(FailureCode.NEVER_HEALTHY);
        assertThat(failure.sentence()).contains("/sick");
        assertThat(failure.evidence()).contains("500");
    }

    @Test
    void aClosedPortIsToldFromASickApp() {
        Failure failure = failureAtDeadline(Map.of("NO_PORT", "1"));
        assertThat(failure.code()).isEqualTo(FailureCode.PORT_NOT_OPENED);
        assertThat(failure.sentence()).contains("8080");
        assertThat(failure.evidence()).contains("listening on nothing");
    }

    @Test
    void anImageThatTheRegistryLacksIsNotTheAppsFault() {
        TestImage missing = new TestImage(
                image.reference().replaceAll("[0-9a-f]{4}$", "0000"),
                new dev.berth.domain.ImageDigest(image.digest().value().replaceAll("[0-9a-f]{4}$", "0000")));
        Failure failure = failureOf(1, Map.of(), missing);
        assertThat(failure.code()).isEqualTo(FailureCode.IMAGE_NOT_PULLED);
    }

    @Test
    void aRevisionThatFitsNowhereIsToldInSwarmsWords() {
        RevisionSpec fits = swarm.spec(swarm.deployment(), image, 1, Map.of());
        RevisionSpec huge = new RevisionSpec(
                fits.instance(),
                fits.deployment(),
                fits.slug(),
                fits.image(),
                fits.env(),
                fits.port(),
                fits.healthPath(),
                1,
                500,
                1L << 50,
                fits.startPeriod());
        swarm.create(huge);
        List<Task> waiting = await().atMost(Duration.ofSeconds(20))
                .until(
                        () -> swarm.revisions.tasks(huge.deployment()),
                        tasks -> tasks.stream().anyMatch(task -> !task.error().isEmpty()));
        var observed = new RevisionObserver(1, image.digest()).observe(waiting, Duration.ofSeconds(21));
        Failure failure = swarm.words((Failed) observed, huge, UnaryOperator.identity());
        assertThat(failure.code()).isEqualTo(FailureCode.NO_CAPACITY);
        assertThat(failure.sentence()).contains("insufficient resources");
    }

    private long serving(DeploymentRef deployment) {
        return swarm.revisions.tasks(deployment).stream().filter(Task::serves).count();
    }

    private Failure failureOf(int replicas, Map<String, String> env, TestImage of) {
        RevisionSpec spec = swarm.spec(swarm.deployment(), of, replicas, env);
        long begin = System.nanoTime();
        swarm.create(spec);
        Failed failed = (Failed) swarm.awaitEnd(spec, of);
        System.out.printf(
                "%s seen after %d ms%n",
                failed.code(), Duration.ofNanos(System.nanoTime() - begin).toMillis());
        return swarm.words(failed, spec, UnaryOperator.identity());
    }

    /** Waits until a probe has spoken, and then for no longer. */
    private Failure failureAtDeadline(Map<String, String> env) {
        RevisionSpec spec = swarm.spec(swarm.deployment(), image, 1, env);
        swarm.create(spec);
        RevisionObserver observer = new RevisionObserver(1, image.digest());
        return await().atMost(Duration.ofSeconds(30))
                .until(
                        () -> {
                            Failed failed = observer.atDeadline(swarm.revisions.tasks(spec.deployment()));
                            return swarm.words(failed, spec, UnaryOperator.identity());
                        },
                        failure -> failure.evidence().contains("refused")
                                || failure.evidence().contains("500"));
    }
}
