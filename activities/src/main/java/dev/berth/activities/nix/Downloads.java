package dev.berth.activities.nix;

import dev.berth.activities.ActivityFailures;
import dev.berth.domain.Failure;
import dev.berth.domain.FailureCode;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Fetches artefacts over HTTP into the cache, each verified by its hash before anybody sees it. */
final class Downloads {
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(10);
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(30);
    private static final int TRIES = 3;

    private final ArtefactCache cache;
    private final HttpClient http = HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(CONNECT_LIMIT)
            .build();

    Downloads(ArtefactCache cache) {
        this.cache = cache;
    }

    /** What came of asking one address. */
    private sealed interface Answer {
        record Fetched(Path file) implements Answer {}

        /** Asking again gives the same. */
        record Gone(String because) implements Answer {}

        /** Asking again may help. */
        record Trouble(String because) implements Answer {}
    }

    /**
     * The file in the cache, fetched if it is not there yet.
     *
     * @throws GoneException when every address says that there is no such file
     * @throws ApplicationFailure of type {@code DEPENDENCY_UNAVAILABLE} (worth another try) or {@code
     *     DEPENDENCY_HASH_MISMATCH}
     */
    Path fetch(Artefact artefact) throws GoneException, InterruptedException {
        var kept = cache.find(artefact.hash(), artefact.file());
        if (kept.isPresent()) {
            return kept.get();
        }
        List<String> gone = new ArrayList<>();
        List<String> troubles = new ArrayList<>();
        for (URI address : artefact.addresses()) {
            switch (askPatiently(address, artefact)) {
                case Answer.Fetched(Path file) -> {
                    return file;
                }
                case Answer.Gone(String because) -> gone.add(because);
                case Answer.Trouble(String because) -> troubles.add(because);
            }
        }
        if (troubles.isEmpty()) {
            throw new GoneException(artefact, String.join("\n", gone));
        }
        gone.addAll(troubles);
        throw ActivityFailures.worthAnotherTry(Failure.of(
                        FailureCode.DEPENDENCY_UNAVAILABLE,
                        "Could not fetch " + artefact.what() + ".",
                        "Check that its registry can be reached, and deploy again.")
                .withEvidence(String.join("\n", gone)));
    }

    /** A small text, such as an index page. */
    String text(URI address) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(request(address), HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException(address + " answered " + response.statusCode());
        }
        return response.body();
    }

    private Answer askPatiently(URI address, Artefact artefact) throws InterruptedException {
        Answer answer = ask(address, artefact);
        for (int tries = 1; tries < TRIES && answer instanceof Answer.Trouble; tries++) {
            Thread.sleep(Duration.ofMillis(500L << tries));
            answer = ask(address, artefact);
        }
        return answer;
    }

    private Answer ask(URI address, Artefact artefact) throws InterruptedException {
        try {
            HttpResponse<InputStream> response =
                    http.send(request(address), HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                int status = response.statusCode();
                if (status == 200) {
                    return new Answer.Fetched(cache.store(artefact.hash(), artefact.file(), body));
                }
                String because = address + " answered " + status;
                return status >= 500 || status == 429 ? new Answer.Trouble(because) : new Answer.Gone(because);
            }
        } catch (HashMismatchException different) {
            throw ActivityFailures.of(Failure.of(
                            FailureCode.DEPENDENCY_HASH_MISMATCH,
                            "What the registry has as " + artefact.what() + " is not what the lock file names.",
                            "Its publisher may have replaced it, or the registry was tampered with. Run npm install again"
                                    + " and look at what changed in package-lock.json.")
                    .withEvidence(address + ": " + different.getMessage()));
        } catch (IOException broken) {
            return new Answer.Trouble(address + ": " + broken);
        }
    }

    private static HttpRequest request(URI address) {
        return HttpRequest.newBuilder(address).timeout(ANSWER_LIMIT).build();
    }

    /** No address has it, and asking again will not change that. */
    static final class GoneException extends Exception {
        private static final long serialVersionUID = 1;

        GoneException(Artefact artefact, String answers) {
            super(artefact.what() + " is gone: " + answers);
        }
    }
}
