package dev.berth.api.builds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.TestApi;
import dev.berth.api.TestApi.Member;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Reads one event after the other; an empty one stands for the end of the connection. */
final class Events implements AutoCloseable {
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final InputStream body;
    private final BlockingQueue<String> read = new LinkedBlockingQueue<>();

    private Events(InputStream body) {
        this.body = body;
        Thread.ofVirtual().start(this::read);
    }

    static Events of(Member member, String path, @Nullable String lastEventId) {
        return of("Authorization", "Bearer " + member.token(), path, lastEventId);
    }

    /** @param header which says who asks */
    static Events of(String header, String value, String path, @Nullable String lastEventId) {
        HttpRequest.Builder request =
                TestApi.request(path).header(header, value).header("Accept", "text/event-stream");
        if (lastEventId != null) {
            request.header("Last-Event-ID", lastEventId);
        }
        try {
            HttpResponse<InputStream> answer = CLIENT.send(request.build(), BodyHandlers.ofInputStream());
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("text/event-stream");
            return new Events(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void read() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
            StringBuilder event = new StringBuilder();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.isEmpty()) {
                    read.add(event.toString().strip());
                    event.setLength(0);
                } else {
                    event.append(line).append('\n');
                }
            }
            read.add("");
        } catch (IOException e) {
            read.add("broken: " + e);
        }
    }

    String next() {
        try {
            String event = read.poll(20, TimeUnit.SECONDS);
            return event == null ? "nothing in twenty seconds" : event;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        try {
            body.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
