package dev.berth.workers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.net.httpserver.HttpServer;
import dev.berth.activities.ActivityFailures;
import dev.berth.activities.registry.RegistryClient;
import dev.berth.activities.registry.Repository;
import dev.berth.activities.swarm.Engine;
import dev.berth.domain.Failure;
import dev.berth.domain.FailureCode;
import dev.berth.store.Tenancy;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** Each part of the platform's own that is away, as its own adapter meets it, read as the user does. */
final class PlainWordsTests {
    private static final Repository REPOSITORY = new Repository("test/app");

    @Test
    void anEngineThatIsDown() {
        assertThat(codeOf(PlainWordsTests::askNobody)).isEqualTo(FailureCode.ENGINE_UNREACHABLE);
    }

    @Test
    void anEngineThatAnswersWithAnError() throws IOException {
        HttpServer server = answering(500, "{\"message\": \"rpc error: the swarm has no leader\"}");
        try (Engine engine =
                Engine.at(URI.create("tcp://127.0.0.1:" + server.getAddress().getPort()))) {
            Failure failure = failureOf(() -> engine.get("/services"));
            assertThat(failure.code()).isEqualTo(FailureCode.ENGINE_REFUSED);
            assertThat(failure.evidence()).contains("no leader");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void aRegistryThatIsDown() {
        RegistryClient registry = new RegistryClient(URI.create("http://127.0.0.1:1"));
        Failure failure = failureOf(() -> registry.tags(REPOSITORY, () -> {}));
        assertThat(failure.code()).isEqualTo(FailureCode.REGISTRY_UNREACHABLE);
        assertThat(failure.evidence()).contains("ConnectException");
    }

    @Test
    void aRegistryThatTakesNoToken() throws IOException {
        HttpServer server = answering(401, "{\"errors\":[{\"code\":\"UNAUTHORIZED\"}]}");
        try {
            RegistryClient registry = new RegistryClient(
                    URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
            Failure failure = failureOf(() -> registry.tags(REPOSITORY, () -> {}));
            assertThat(failure.code()).isEqualTo(FailureCode.REGISTRY_REFUSED);
            assertThat(failure.evidence()).contains("401", "UNAUTHORIZED");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void aDatabaseThatIsDown() {
        PGSimpleDataSource nowhere = new PGSimpleDataSource();
        nowhere.setPortNumbers(new int[] {1});
        nowhere.setConnectTimeout(1);
        assertThat(codeOf(() -> new Tenancy(nowhere).inOrg(UUID.randomUUID(), () -> {})))
                .isEqualTo(FailureCode.DATABASE_UNREACHABLE);
    }

    @Test
    void aDiskThatIsFull() {
        // The kernel's own full device.
        assertThat(codeOf(() -> Files.writeString(Path.of("/dev/full"), "x"))).isEqualTo(FailureCode.NO_SPACE);
    }

    @Test
    void whatNobodyForesawStaysAsItIs() {
        assertThat(PlainWords.of(new IllegalStateException("https://user:secret@host")))
                .isEmpty();
    }

    @Test
    void whatLiesOutsideIsGivenUpAfterTenTriesAndThePlatformsPartsAreNot() {
        ApplicationFailure packages = ActivityFailures.worthAnotherTry(
                Failure.of(FailureCode.DEPENDENCY_UNAVAILABLE, "Could not fetch milk.", "Try again."));
        ApplicationFailure ownPart =
                ActivityFailures.worthAnotherTry(Failure.of(FailureCode.NIX_UNAVAILABLE, "No Nix.", "Wait."));
        assertThat(PlainWords.reworded(packages, 9)).isSameAs(packages);
        assertThat(PlainWords.reworded(packages, 10)).isInstanceOfSatisfying(ApplicationFailure.class, last -> {
            assertThat(last.isNonRetryable()).isTrue();
            assertThat(last.getDetails().get(0, Failure.class).sentence()).isEqualTo("Could not fetch milk.");
        });
        assertThat(PlainWords.reworded(ownPart, 10)).isSameAs(ownPart);
    }

    @Test
    void aNamedTroubleIsTriedAgain() {
        RuntimeException down = (RuntimeException) catchThrowable(PlainWordsTests::askNobody);
        assertThat(PlainWords.reworded(down, 50)).isInstanceOfSatisfying(ApplicationFailure.class, named -> {
            assertThat(named.isNonRetryable()).isFalse();
            assertThat(named.getType()).isEqualTo(FailureCode.ENGINE_UNREACHABLE.name());
            assertThat(named.getDetails().get(0, Failure.class).code()).isEqualTo(FailureCode.ENGINE_UNREACHABLE);
        });
    }

    private static void askNobody() {
        try (Engine engine = Engine.at(URI.create("unix:///no/such.sock"))) {
            engine.get("/services");
        }
    }

    private static HttpServer answering(int status, String body) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            boolean version = exchange.getRequestURI().getPath().equals("/version");
            byte[] bytes = (version ? "{\"ApiVersion\": \"1.41\"}" : body).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(version ? 200 : status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        return server;
    }

    private static FailureCode codeOf(ThrowingCallable work) {
        return failureOf(work).code();
    }

    private static Failure failureOf(ThrowingCallable work) {
        Throwable thrown = catchThrowable(work);
        return PlainWords.of(thrown).orElseThrow(() -> new AssertionError("It has no name", thrown));
    }
}
