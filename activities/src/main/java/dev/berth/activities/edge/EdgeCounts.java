package dev.berth.activities.edge;

import dev.berth.domain.canary.CanaryTally.Counters;
import dev.berth.domain.edge.EdgeControl;
import dev.berth.domain.edge.EdgeDocument;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the edge, at its control entry, how many requests it has sent to a canary since it was started and how many of them were
 * answered by 5xx. Source: Traefik's {@code traefik_service_requests_total}, which also counts a try that another replica
 * answered in the end.
 */
public final class EdgeCounts implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EdgeCounts.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final Pattern LINE = Pattern.compile(
            "traefik_service_requests_total\\{(?=[^}]*\\bcode=\"(\\d+)\")(?=[^}]*\\bservice=\"([^\"]+)\")[^}]*} (\\S+)");

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();
    private final HttpRequest question;

    /** @param entry where the edge's control entry listens, {@code http://127.0.0.1:8081} */
    public EdgeCounts(URI entry, EdgeControl control) {
        this.question = HttpRequest.newBuilder(entry.resolve(EdgeDocument.METRICS_PATH))
                .header("Authorization", control.authorization())
                .timeout(TIMEOUT)
                .build();
    }

    /** Zero for a canary that got no request yet; empty while the edge does not answer, which is no verdict about anybody. */
    public Optional<Counters> of(UUID canary) throws InterruptedException {
        try {
            HttpResponse<Stream<String>> answer = http.send(question, HttpResponse.BodyHandlers.ofLines());
            try (Stream<String> lines = answer.body()) {
                if (answer.statusCode() == 200) {
                    return Optional.of(counters(lines, EdgeDocument.countedService(canary)));
                }
            }
            LOG.warn("The edge does not show its counters: {}", answer.statusCode());
        } catch (IOException away) {
            LOG.debug("The edge does not answer", away);
        }
        return Optional.empty();
    }

    /** @param service as {@link EdgeDocument} names it */
    static Counters counters(Stream<String> lines, String service) {
        return lines.map(LINE::matcher)
                .filter(Matcher::matches)
                .filter(line -> line.group(2).equals(service + "@file"))
                .map(line -> {
                    long count = (long) Double.parseDouble(line.group(3));
                    return new Counters(count, line.group(1).startsWith("5") ? count : 0);
                })
                .reduce(
                        Counters.ZERO,
                        (one, other) -> new Counters(one.requests() + other.requests(), one.errors() + other.errors()));
    }

    @Override
    public void close() {
        http.close();
    }
}
