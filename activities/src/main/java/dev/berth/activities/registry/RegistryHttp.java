package dev.berth.activities.registry;

import dev.berth.activities.ActivityFailures;
import dev.berth.activities.Attended;
import dev.berth.activities.Pulse;
import dev.berth.activities.registry.RegistryKey.Grant;
import dev.berth.domain.Failure;
import dev.berth.domain.FailureCode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Requests to the registry, with time limits and further tries. */
final class RegistryHttp {
    private static final int TRIES = 4;
    /** The longest upload, and a clock that is late. */
    private static final Duration TOKEN_VALIDITY = Duration.ofMinutes(15);

    private static final Pattern REPOSITORY = Pattern.compile("^/v2/(.+?)/(?:blobs|manifests|tags)/");
    private static final Pattern LENDER = Pattern.compile("(?:^|&)from=([^&]+)");
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private final URI address;
    private final Optional<RegistryKey> key;

    /** @param key of a registry that asks for tokens */
    RegistryHttp(URI address, Optional<RegistryKey> key) {
        this.address = address;
        this.key = key;
    }

    URI at(String path) {
        return address.resolve(path);
    }

    /** One request, as often as it takes. */
    HttpResponse<byte[]> ask(HttpRequest request, Duration limit, Pulse pulse) {
        return again(pulse, () -> once(request, limit, pulse));
    }

    /** @throws IOException for whatever may pass: no connection, no answer in time, an answer 5xx */
    HttpResponse<byte[]> once(HttpRequest request, Duration limit, Pulse pulse) throws Exception {
        HttpResponse<byte[]> answer =
                Attended.call(pulse, limit, () -> http.send(allowed(request), HttpResponse.BodyHandlers.ofByteArray()));
        if (answer.statusCode() >= 500 || answer.statusCode() == 429) {
            String body = text(answer);
            if (body.contains("no space left")) {
                throw ActivityFailures.of(Failure.of(
                                FailureCode.NO_SPACE,
                                "The registry's disk is full.",
                                "Ask the operator for more disk, or to remove images that nobody runs.")
                        .withEvidence(body));
            }
            throw new IOException(request.method() + " answered " + answer.statusCode() + ": " + body);
        }
        return answer;
    }

    /** The request with a token for what it asks and nothing more. */
    private HttpRequest allowed(HttpRequest request) {
        if (key.isEmpty()) {
            return request;
        }
        List<Grant> grants = new ArrayList<>();
        Matcher repository = REPOSITORY.matcher(request.uri().getPath());
        if (repository.find()) {
            grants.add(Grant.all(new Repository(repository.group(1))));
        }
        Matcher lender =
                LENDER.matcher(Optional.ofNullable(request.uri().getQuery()).orElse(""));
        if (lender.find()) {
            grants.add(Grant.pull(new Repository(lender.group(1))));
        }
        return HttpRequest.newBuilder(request, (_, _) -> true)
                .setHeader("Authorization", "Bearer " + key.get().token(grants, TOKEN_VALIDITY))
                .build();
    }

    /** Runs work again for as long as it throws an {@code IOException} or runs out of time, four times at most. */
    <T> T again(Pulse pulse, Callable<T> work) {
        Duration pause = FIRST_PAUSE;
        for (int attempt = 1; ; attempt++) {
            try {
                return work.call();
            } catch (RuntimeException known) {
                throw known;
            } catch (IOException | TimeoutException passing) {
                if (attempt == TRIES) {
                    throw new RegistryException("The registry at " + address + " cannot be used", passing);
                }
                rest(pause, pulse);
                pause = pause.multipliedBy(2);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw new RegistryException("Interrupted while waiting for the registry", stopped);
            } catch (Exception unexpected) {
                throw new RegistryException("The registry at " + address + " cannot be used", unexpected);
            }
        }
    }

    static String text(HttpResponse<byte[]> answer) {
        byte[] body = answer.body();
        return new String(Arrays.copyOf(body, Math.min(body.length, 1_000)), StandardCharsets.UTF_8);
    }

    private static void rest(Duration pause, Pulse pulse) {
        pulse.beat();
        try {
            Thread.sleep(pause);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new RegistryException("Interrupted while waiting for the registry", stopped);
        }
    }
}
