package dev.berth.activities.edge;

import dev.berth.domain.edge.EdgeDocument;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.OptionalLong;

/** Asks the edge, through the port that tenants' requests come in by, which generation of the document it serves. */
public final class EdgeProbe implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private final HttpClient http;
    private final HttpRequest question = HttpRequest.newBuilder(
                    URI.create("http://" + EdgeDocument.PROBE_HOST + EdgeDocument.PROBE_PATH))
            .timeout(TIMEOUT)
            .build();

    /** @param edge where the edge listens, {@code http://127.0.0.1:8080} */
    public EdgeProbe(URI edge) {
        // As a proxy, since a request to the edge's address could not carry the probe's host name otherwise.
        InetSocketAddress address = new InetSocketAddress(edge.getHost(), edge.getPort() < 0 ? 80 : edge.getPort());
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .proxy(ProxySelector.of(address))
                .connectTimeout(TIMEOUT)
                .build();
    }

    /** The generation that the edge serves now; empty while it is down or has no document. */
    public OptionalLong servedGeneration() throws InterruptedException {
        try {
            HttpResponse<Void> answer = http.send(question, HttpResponse.BodyHandlers.discarding());
            return answer.headers().firstValueAsLong(EdgeDocument.GENERATION_HEADER);
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
