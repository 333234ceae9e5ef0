package dev.berth.local.e2e;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Visitors of every kind at a steady rate, and what became of them. */
final class LoadVisitors implements AutoCloseable {
    private static final int SOCKETS = 5;
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    enum Kind {
        GET,
        POST,
        STREAM,
        SLOW,
        WEBSOCKET
    }

    private final URI edge = URI.create("http://" + RunningBerth.variable("BERTH_TEST_EDGE_ADDRESS"));
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private final String host;
    private final Map<Kind, AtomicInteger> good = new EnumMap<>(Kind.class);
    private final AtomicInteger drained = new AtomicInteger();
    private final List<String> failures = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(1);
    private final ExecutorService visitors = Executors.newVirtualThreadPerTaskExecutor();
    private volatile String meanwhile = "nothing";
    private volatile boolean leaving;

    LoadVisitors(App app) {
        host = URI.create(app.url()).getAuthority();
        for (Kind kind : Kind.values()) {
            good.put(kind, new AtomicInteger());
        }
        every(50, Kind.GET, () -> ask("GET", "/", "", "hello\n"));
        every(100, Kind.POST, () -> {
            String body = "posted at " + System.nanoTime();
            ask("POST", "/echo", body, body);
        });
        every(500, Kind.STREAM, () -> ask("GET", "/stream", "", streamed()));
        every(1_000, Kind.SLOW, () -> ask("GET", "/slow", "", "slow\n"));
        for (int i = 0; i < SOCKETS; i++) {
            visitors.execute(this::talk);
        }
    }

    private static String streamed() {
        StringBuilder lines = new StringBuilder();
        for (int line = 1; line <= 10; line++) {
            lines.append("line ").append(line).append('\n');
        }
        return lines.append("end\n").toString();
    }

    private interface Visit {
        void pay() throws IOException, InterruptedException;
    }

    private void every(long milliseconds, Kind kind, Visit visit) {
        var _ = clock.scheduleAtFixedRate(
                () -> visitors.execute(() -> count(kind, visit)), 0, milliseconds, TimeUnit.MILLISECONDS);
    }

    private void count(Kind kind, Visit visit) {
        try {
            visit.pay();
            good.get(kind).incrementAndGet();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException e) {
            failures.add("%s during %s: %s".formatted(kind, meanwhile, e));
        }
    }

    private void ask(String method, String path, String body, String wanted) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(edge.resolve(path))
                .timeout(PATIENCE)
                .header("Host", host)
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200 || !response.body().equals(wanted)) {
            throw new IOException(response.statusCode() + " "
                    + response.body().lines().findFirst().orElse(""));
        }
    }

    /** Talks on one WebSocket after the other: one that goes away says so, and its visitor comes again. */
    private void talk() {
        while (!leaving) {
            count(Kind.WEBSOCKET, () -> {
                try (TestSocket socket = TestSocket.open(edge, host)) {
                    while (!leaving) {
                        if (!socket.echoes("said at " + System.nanoTime())) {
                            drained.incrementAndGet();
                            return;
                        }
                        good.get(Kind.WEBSOCKET).incrementAndGet();
                        TimeUnit.MILLISECONDS.sleep(200);
                    }
                }
            });
        }
    }

    /** From now on a failure is told as one during {@code operation}. */
    void during(String operation) {
        meanwhile = operation;
    }

    int answered(Kind kind) {
        return good.get(kind).get();
    }

    int answered() {
        return good.values().stream().mapToInt(AtomicInteger::get).sum();
    }

    /** WebSockets that were told that their replica goes away. */
    int drained() {
        return drained.get();
    }

    List<String> failures() {
        return failures;
    }

    /** Whoever is being served is served to the end. */
    @Override
    public void close() {
        leaving = true;
        clock.shutdown();
        CompletableFuture<Void> served = CompletableFuture.runAsync(visitors::close);
        served.orTimeout(PATIENCE.toSeconds() * 2, TimeUnit.SECONDS).join();
    }
}
