package dev.berth.local.parts;

import dev.berth.local.LocalFailure;
import dev.berth.local.Port;
import dev.berth.local.PortTable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Asks whether something listens on loopback. Each question ends within two seconds. */
public final class Answers {
    private static final Duration LIMIT = Duration.ofSeconds(2);

    private Answers() {}

    public static boolean tcp(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), 1_000);
            return true;
        } catch (IOException refused) {
            return false;
        }
    }

    /** Whether the answer is 200. */
    public static boolean http(String url) {
        return http(url, 200);
    }

    /** Whether the answer has that status. */
    static boolean http(String url, int status) {
        try (HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(LIMIT)
                .build()) {
            HttpRequest request =
                    HttpRequest.newBuilder(URI.create(url)).timeout(LIMIT).build();
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == status;
        } catch (IOException silent) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** @throws LocalFailure naming the variable that moves us elsewhere */
    public static void requireFree(PortTable ports, Port port) {
        if (tcp(ports.of(port))) {
            throw new LocalFailure("Port %d (%s) is taken by another process; stop that or set %s to a free port."
                    .formatted(ports.of(port), port.purpose(), port.variable()));
        }
    }
}
