package dev.berth.activities.edge;

import static org.awaitility.Awaitility.await;

import dev.berth.activities.swarm.TestSwarm;
import dev.berth.domain.edge.EdgeControl;
import dev.berth.domain.edge.EdgeDocument;
import dev.berth.domain.edge.EdgeRoute;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** A real edge of its own beside a test's swarm. */
public final class TestEdge implements AutoCloseable {
    static final String HOST = "shop.berth.test";

    public static final EdgeControl CONTROL = EdgePassword.of(new byte[32]);

    public final EdgeContainer container;
    public final EdgeCounts counts;
    public final String name;
    public final EdgeProbe probe;
    public final Path directory;
    private final EdgeFile file;
    private final int port;
    private final int controlPort;
    private final AtomicLong generation = new AtomicLong();

    /** @param folder on this host, such as JUnit's {@code @TempDir} */
    public TestEdge(TestSwarm swarm, Path folder) throws IOException {
        this.directory = Files.createDirectories(folder.resolve("edge"));
        this.port = freePort();
        this.controlPort = freePort();
        this.name = "edge-" + swarm.instance;
        this.container = new EdgeContainer(
                swarm.engine,
                new EdgeRecipe(
                        name,
                        swarm.instance,
                        Path.of(System.getenv("BERTH_TEST_TRAEFIK")),
                        directory,
                        "127.0.0.1",
                        port,
                        controlPort));
        this.counts = new EdgeCounts(controlAddress(), CONTROL);
        this.probe = new EdgeProbe(address());
        this.file = new EdgeFile(directory);
    }

    URI controlAddress() {
        return URI.create("http://127.0.0.1:" + controlPort);
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** Writes the routes and waits until the edge serves them. */
    Duration serve(List<EdgeRoute> routes) throws IOException {
        long begin = System.nanoTime();
        long next = generation.incrementAndGet();
        file.write(EdgeDocument.render(routes, List.of(), next, CONTROL));
        awaitServed(next);
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    void awaitServed(long wanted) {
        await().atMost(Duration.ofSeconds(20))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> probe.servedGeneration().orElse(-1) >= wanted);
    }

    /** A client whose every request goes to the edge, whatever its host. */
    HttpClient client() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .proxy(ProxySelector.of(new InetSocketAddress("127.0.0.1", port)))
                .connectTimeout(Duration.ofSeconds(2))
                .build();
    }

    public HttpResponse<String> get(String host, String path, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://" + host + path)).timeout(Duration.ofSeconds(10));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try (HttpClient client = client()) {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    @Override
    public void close() {
        probe.close();
        counts.close();
        container.remove();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
