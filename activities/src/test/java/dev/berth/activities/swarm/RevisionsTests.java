package dev.berth.activities.swarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@RealPart({"docker", "registry", "app"})
final class RevisionsTests {
    private static final Pattern SPOKEN =
            Pattern.compile("nothing listens on|answered \\d|exceeded timeout|did not answer");

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
        await().atMost(Duration.ofSeconds(90)).until(() -> serving(deployment) == 2);
        swarm.revisions.scale(deployment, 0);
        await().atMost(Duration.ofSeconds(90)).until(() -> serving(deployment) == 0);
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
        assertThat(failure.code()).isEqualTo(FailureCode.EXITED_ON_START);
        assertThat(failure.evidence()).contains("reading configuration");
    }

    @Test
    void anAppThatTheKernelEndedForItsMemoryIsToldItsLimit() {
        Failure failure = failureOf(1, Map.of("ALLOCATE", "300"), image);
        assertThat(failure.code()).isEqualTo(FailureCode.OUT_OF_MEMORY_ON_START);
        assertThat(failure.sentence()).contains("64 MB");
        assertThat(failure.evidence()).contains("reading everything into memory");
    }

    @Test
    void aStartCommandThatIsNotThereIsToldFromACrash() {
        Failure failure = failureOf(1, Map.of("CRASH", "127"), image);
        assertThat(failure.code()).isEqualTo(FailureCode.START_COMMAND_NOT_FOUND);
        assertThat(failure.sentence()).contains("127");
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
        assertThat(failure.evidence()).contains("listening on nothing", "nothing listens anywhere");
    }

    /** What nobody outside of the container sees, the probe inside of it does. */
    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:8080, LISTENS_ON_LOOPBACK,     127.0.0.1:8080",
        "localhost:8080, LISTENS_ON_LOOPBACK,     127.0.0.1:8080",
        ":3000,          LISTENS_ON_ANOTHER_PORT, 3000",
        "127.0.0.1:3000, LISTENS_ON_ANOTHER_PORT, 127.0.0.1:3000",
    })
    void anAppThatListensElsewhereIsToldWhere(String listen, FailureCode code, String seen) {
        Failure failure = failureAtDeadline(Map.of("LISTEN", listen));
        assertThat(failure.code()).as(failure.evidence()).isEqualTo(code);
        assertThat(failure.evidence()).contains(seen);
    }

    @ParameterizedTest
    @CsvSource({
        "/missing, HEALTH_PATH_NOT_FOUND, answered 404",
        "/private, HEALTH_PATH_FORBIDDEN, answered 401",
        "/stuck,   HEALTH_TIMED_OUT,      exceeded timeout",
        "/babble,  PORT_NOT_HTTP,         did not answer in HTTP",
    })
    void whatTheHealthPathDoesIsToldApart(String path, FailureCode code, String seen) {
        Failure failure = failureAtDeadline(Map.of("HEALTH", path));
        assertThat(failure.code()).as(failure.evidence()).isEqualTo(code);
        assertThat(failure.evidence()).contains(seen);
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
                fits.startPeriod(),
                Optional.empty());
        swarm.create(huge);
        List<Task> waiting = await().atMost(Duration.ofSeconds(90))
                .until(
                        () -> swarm.revisions.tasks(huge.deployment()),
                        tasks -> tasks.stream().anyMatch(task -> !task.error().isEmpty()));
        var observed = new RevisionObserver(1, image.digest()).observe(waiting, Duration.ofSeconds(21));
        Failure failure = swarm.words((Failed) observed, huge, UnaryOperator.identity());
        assertThat(failure.code()).isEqualTo(FailureCode.NO_CAPACITY);
        assertThat(failure.sentence()).contains("insufficient resources");
    }

    @Test
    void aRevisionThatNoHostTakesForAnotherReasonIsNoMatterOfSize() {
        RevisionSpec spec = swarm.spec(swarm.deployment(), image, 1, Map.of());
        createRaw(
                spec,
                json -> json.putObject("Placement").putArray("Constraints").add("node.labels.none == such"));
        Failed failed = await().atMost(Duration.ofSeconds(90))
                .until(
                        () -> new RevisionObserver(1, image.digest())
                                .atDeadline(swarm.revisions.tasks(spec.deployment())),
                        seen -> seen.task()
                                .filter(task -> !task.error().isEmpty())
                                .isPresent());
        Failure failure = swarm.words(failed, spec, UnaryOperator.identity());
        assertThat(failure.code()).isEqualTo(FailureCode.NO_HOST);
        assertThat(failure.evidence()).contains("no suitable node", "constraints");
    }

    @Test
    void whatAHostRefusesIsToldInItsWords() {
        RevisionSpec spec = swarm.spec(swarm.deployment(), image, 1, Map.of());
        createRaw(
                spec,
                json -> ((ArrayNode) json.at("/ContainerSpec/Mounts"))
                        .addObject()
                        .put("Type", "bind")
                        .put("Source", "/no/such/folder")
                        .put("Target", "/data"));
        Failure failure = swarm.words((Failed) swarm.awaitEnd(spec, image), spec, UnaryOperator.identity());
        assertThat(failure.code()).isEqualTo(FailureCode.HOST_REFUSED);
        assertThat(failure.evidence()).contains("invalid mount config", "/no/such/folder");
    }

    @Test
    void aRevisionThatSomebodyRemovedIsMissed() {
        RevisionSpec spec = swarm.spec(swarm.deployment(), image, 1, Map.of("NO_PORT", "1"));
        swarm.create(spec);
        swarm.revisions.remove(spec.deployment());
        Failed failed = new RevisionObserver(1, image.digest()).atDeadline(swarm.revisions.tasks(spec.deployment()));
        assertThat(swarm.words(failed, spec, UnaryOperator.identity()).code()).isEqualTo(FailureCode.REVISION_VANISHED);
    }

    /** With something in its task that Berth never asks for. */
    private void createRaw(RevisionSpec spec, Consumer<ObjectNode> change) {
        ObjectNode json = spec.toJson(swarm.engine.version(), swarm.networks.ensure(swarm.organization));
        change.accept((ObjectNode) json.get("TaskTemplate"));
        swarm.engine.post("/services/create", json);
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
        return await().atMost(Duration.ofSeconds(90))
                .until(
                        () -> {
                            Failed failed = observer.atDeadline(swarm.revisions.tasks(spec.deployment()));
                            return swarm.words(failed, spec, UnaryOperator.identity());
                        },
                        failure -> SPOKEN.matcher(failure.evidence()).find());
    }
}
