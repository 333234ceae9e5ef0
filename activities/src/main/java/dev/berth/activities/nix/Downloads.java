package dev.berth.activities.nix;

import dev.berth.activities.DiskFull;
import dev.berth.activities.nix.NotFetchedException.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Fetches artefacts over HTTP into the cache, each verified by its hash before anybody sees it. */
final class Downloads {
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(10);
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(30);
    private static final int TRIES = 3;

    private final ArtefactCache cache;
    private final HttpClient http = HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(CONNECT_LIMIT)
            .sslContext(SystemTrust.context())
            .build();

    Downloads(ArtefactCache cache) {
        this.cache = cache;
    }

    /** The file in the cache, fetched if it is not there yet. */
    Path fetch(Artefact artefact) throws NotFetchedException, InterruptedException {
        Optional<Path> kept = cache.find(artefact.hash(), artefact.file());
        if (kept.isPresent()) {
            return kept.get();
        }
        List<Answer> answers = new ArrayList<>();
        for (URI address : artefact.addresses()) {
            Optional<Path> fetched = askPatiently(address, artefact, answers);
            if (fetched.isPresent()) {
                return fetched.get();
            }
        }
        throw new NotFetchedException(artefact, answers);
    }

    /** A small text, such as an index page. */
    String text(URI address) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(request(address), HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException(address + " answered " + response.statusCode());
        }
        return response.body();
    }

    private Optional<Path> askPatiently(URI address, Artefact artefact, List<Answer> answers)
            throws InterruptedException {
        for (int tried = 1; ; tried++) {
            List<Answer> answer = new ArrayList<>();
            Optional<Path> fetched = ask(address, artefact, answer);
            boolean worthAnother = answer.stream().anyMatch(NotFetchedException.Trouble.class::isInstance);
            if (fetched.isPresent() || !worthAnother || tried == TRIES) {
                answers.addAll(answer);
                return fetched;
            }
            Thread.sleep(Duration.ofMillis(500L << tried));
        }
    }

    private Optional<Path> ask(URI address, Artefact artefact, List<Answer> answers) throws InterruptedException {
        try {
            HttpResponse<InputStream> response = http.send(request(address), HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                int status = response.statusCode();
                if (status == 200) {
                    return Optional.of(cache.store(artefact.hash(), artefact.file(), body));
                }
                String because = address + " answered " + status;
                answers.add(
                        status == 404 || status == 410
                                ? new NotFetchedException.Gone(because)
                                : new NotFetchedException.Trouble(because));
            }
        } catch (HashMismatchException different) {
            answers.add(new NotFetchedException.Different(address + ": " + different.getMessage()));
        } catch (IOException broken) {
            if (DiskFull.isBehind(broken)) {
                throw new UncheckedIOException("Cannot keep " + artefact.file(), broken);
            }
            answers.add(new NotFetchedException.Trouble(address + ": " + broken));
        }
        return Optional.empty();
    }

    private static HttpRequest request(URI address) {
        return HttpRequest.newBuilder(address).timeout(ANSWER_LIMIT).build();
    }
}
