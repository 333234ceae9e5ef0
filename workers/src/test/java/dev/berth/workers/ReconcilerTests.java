package dev.berth.workers;

import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.berth.activities.swarm.Engine;
import dev.berth.settings.Settings;
import dev.berth.testkit.TestDatabase;
import io.temporal.client.WorkflowClient;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReconcilerTests {
    private final Set<String> joined = new ConcurrentSkipListSet<>();

    @TempDir
    private Path folder;

    @Test
    void theEdgeIsPutOnAnOrganisationsNetworkAtItsStartAndWheneverItWasMadeAnew() throws Exception {
        TestDatabase database = TestDatabase.fresh();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        // Nobody is at work, so nobody is asked.
        WorkflowServiceStubs temporal = WorkflowServiceStubs.newServiceStubs(WorkflowServiceStubsOptions.newBuilder()
                .setTarget("127.0.0.1:1")
                .build());
        try (Engine engine =
                Engine.at(URI.create("tcp://127.0.0.1:" + server.getAddress().getPort()))) {
            Adapters adapters = new Adapters(settings(database), database.dataSource(), engine);
            Reconciler reconciler =
                    new Reconciler(database.dataSource(), adapters, WorkflowClient.newInstance(temporal));
            reconciler.start();
            try {
                await().atMost(Duration.ofSeconds(60)).until(() -> joined.contains("n1"));
                joined.clear();
                await().atMost(Duration.ofSeconds(60)).until(() -> joined.contains("n1"));
            } finally {
                reconciler.close();
            }
        } finally {
            temporal.shutdownNow();
            server.stop(0);
        }
    }

    private Settings settings(TestDatabase database) {
        return Settings.of(Map.of(
                "DATABASE_URL", database.url(),
                "CLIENT_URL", "http://localhost:4000",
                "NIX_STORE_ROOT", folder.resolve("nix").toString(),
                "PACKAGE_SET", Path.of("..", "nix").toAbsolutePath().normalize().toString(),
                "EDGE_DIRECTORY", folder.resolve("edge").toString(),
                "BUILD_DIRECTORY", folder.resolve("builds").toString(),
                "CACHE_DIRECTORY", folder.resolve("cache").toString(),
                "DOCKER_REGISTRY_URL", "http://127.0.0.1:1",
                "PAYLOAD_KEY", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="));
    }

    /** An engine with one organisation's network, and nothing else in its Swarm. */
    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath().replaceFirst("^/v1\\.43", "");
        String json = switch (path) {
            case "/version" -> "{\"ApiVersion\": \"1.43\"}";
            case "/networks" -> "[{\"Id\": \"n1\"}]";
            case "/containers/berth-edge/json" ->
                joined.isEmpty() ? "{}" : "{\"NetworkSettings\": {\"Networks\": {\"berth\": {\"NetworkID\": \"n1\"}}}}";
            case "/networks/n1/connect" -> {
                joined.add("n1");
                yield "{}";
            }
            default -> "[]";
        };
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
