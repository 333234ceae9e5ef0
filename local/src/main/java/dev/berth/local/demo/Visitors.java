package dev.berth.local.demo;

import dev.berth.local.supervise.Pause;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * People who use an app while it is deployed: a few clients that keep their connections, GET and POST by turns, a bounded
 * number a second, for at most five minutes. They go to the edge on loopback and name the app in {@code Host}.
 */
final class Visitors implements AutoCloseable {
    private static final int CLIENTS = 8;
    private static final int BETWEEN_REQUESTS_MILLISECONDS = 40;
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final URI edge;
    private final String host;
    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();
    private final AtomicReference<String> firstFailure = new AtomicReference<>("");
    private final AtomicLong silentSince = new AtomicLong();
    private final AtomicLong longestSilenceNanoseconds = new AtomicLong();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean going = true;

    Visitors(URI edge, String host) {
        this.edge = edge;
        this.host = host;
        this.silentSince.set(System.nanoTime());
        for (int number = 0; number < CLIENTS; number++) {
            threads.add(Thread.ofPlatform().daemon().name("visitor-" + number).start(this::visit));
        }
    }

    /**
     * @param longestSilence without any answer to anybody
     * @param example what the first failed request saw; empty when none failed
     */
    record Experience(int answered, int failed, Duration longestSilence, String example) {
        @Override
        public String toString() {
            return "%,d requests, %d failed%s, longest silence %.2f s"
                    .formatted(
                            answered + failed,
                            failed,
                            example.isEmpty() ? "" : " (first: " + example + ")",
                            longestSilence.toMillis() / 1000.0);
        }
    }

    /** Ends the visit and tells how it was. */
    Experience leave() {
        close();
        return new Experience(
                answered.get(), failed.get(), Duration.ofNanos(longestSilenceNanoseconds.get()), firstFailure.get());
    }

    private void visit() {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        try (HttpClient http = client()) {
            for (int number = 0; going && System.nanoTime() < deadline; number++) {
                look(http, number % 2 == 0);
                Pause.milliseconds(BETWEEN_REQUESTS_MILLISECONDS);
            }
        }
    }

    private void look(HttpClient http, boolean reading) {
        Optional<HttpResponse<String>> answer = ask(http, edge, host, reading);
        if (answer.filter(seen -> seen.statusCode() == 200).isPresent()) {
            long now = System.nanoTime();
            long silence = now - silentSince.getAndSet(now);
            longestSilenceNanoseconds.accumulateAndGet(silence, Math::max);
            answered.incrementAndGet();
        } else if (going) {
            failed.incrementAndGet();
            firstFailure.compareAndSet(
                    "", answer.map(seen -> "status " + seen.statusCode()).orElse("no answer"));
        }
    }

    /** One look at the app; empty when nothing answers. */
    static Optional<HttpResponse<String>> look(URI edge, String host) {
        try (HttpClient http = client()) {
            return ask(http, edge, host, true);
        }
    }

    private static HttpClient client() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(3))
                .build();
    }

    private static Optional<HttpResponse<String>> ask(HttpClient http, URI edge, String host, boolean reading) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(edge).timeout(Duration.ofSeconds(10)).header("Host", host);
        try {
            return Optional.of(http.send(
                    reading
                            ? request.build()
                            : request.POST(HttpRequest.BodyPublishers.ofString("hello"))
                                    .build(),
                    HttpResponse.BodyHandlers.ofString()));
        } catch (IOException nothing) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        going = false;
        for (Thread thread : threads) {
            try {
                thread.join(Duration.ofSeconds(12));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
