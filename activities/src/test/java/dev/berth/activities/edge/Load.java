package dev.berth.activities.edge;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A few clients that keep their connections and ask without end, half GET, half POST. */
public final class Load implements AutoCloseable {
    /** Each has one request on its way at a time. */
    public static final int CLIENTS = 4;

    private static final Duration PAUSE = Duration.ofMillis(5);

    public final AtomicInteger requests = new AtomicInteger();
    /** Status and body, or the exception, of what did not answer 200, with its count. */
    public final ConcurrentSkipListMap<String, Integer> failures = new ConcurrentSkipListMap<>();

    public final ConcurrentSkipListMap<String, Integer> answers = new ConcurrentSkipListMap<>();

    private final List<Thread> threads = new ArrayList<>();
    private final HttpClient client;
    private volatile boolean stopped;

    public Load(TestEdge edge, String host) {
        client = edge.client();
        for (int i = 0; i < CLIENTS; i++) {
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(URI.create("http://" + host + "/")).timeout(Duration.ofSeconds(10));
            HttpRequest question = i % 2 == 0
                    ? request.build()
                    : request.POST(HttpRequest.BodyPublishers.ofString("x")).build();
            threads.add(Thread.ofVirtual().start(() -> ask(question)));
        }
    }

    private void ask(HttpRequest question) {
        while (!stopped) {
            requests.incrementAndGet();
            try {
                HttpResponse<String> answer = client.send(question, HttpResponse.BodyHandlers.ofString());
                (answer.statusCode() == 200 ? answers : failures)
                        .merge(answer.statusCode() + " " + answer.body(), 1, Integer::sum);
                Thread.sleep(PAUSE);
            } catch (IOException e) {
                failures.merge(e.toString(), 1, Integer::sum);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    public void stop() throws InterruptedException {
        stopped = true;
        for (Thread thread : threads) {
            thread.join();
        }
    }

    @Override
    public void close() throws InterruptedException {
        stop();
        client.close();
    }
}
