package dev.berth.api.repeats;

import dev.berth.api.http.Problem;
import dev.berth.api.http.ProblemException;
import dev.berth.api.http.ProblemType;
import dev.berth.store.IdempotencyKeys;
import dev.berth.store.IdempotencyKeys.Answer;
import dev.berth.store.IdempotencyKeys.Kept;
import dev.berth.store.Tenancy;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** The answers that repeated requests get. */
@Component
public class KeptAnswers {
    static final String REPLAYED = "Idempotent-Replayed";
    static final Duration KEPT = Duration.ofHours(24);
    /** No request takes as long: a key without an answer after it has lost its process. */
    static final Duration LOST = Duration.ofMinutes(1);

    private final Tenancy tenancy;
    private final IdempotencyKeys keys;
    private final AnswerSeal seal;
    private final JsonMapper json;
    private final Clock clock;

    @Autowired
    KeptAnswers(Tenancy tenancy, IdempotencyKeys keys, AnswerSeal seal, JsonMapper json) {
        this(tenancy, keys, seal, json, Clock.systemUTC());
    }

    KeptAnswers(Tenancy tenancy, IdempotencyKeys keys, AnswerSeal seal, JsonMapper json, Clock clock) {
        this.tenancy = tenancy;
        this.keys = keys;
        this.seal = seal;
        this.json = json;
        this.clock = clock;
    }

    /**
     * Takes the key of the present request in the transaction of its effect, first of all that it does; nothing where the
     * request has no key. Of two requests at once with the same key the second waits here for the end of the first, and if that
     * has succeeded, its own transaction ends with the first one's answer.
     */
    public void claim() {
        ofTransaction().ifPresent(attempt -> {
            Instant now = clock.instant();
            if (!keys.reserve(attempt.key(), attempt.fingerprint().text(), now, now.plus(KEPT))) {
                throw new OvertakenException(attempt);
            }
        });
    }

    /** Keeps the answer in the transaction that has taken the key; nothing where the request has none. */
    public void keep(int status, String location, Object body) {
        ofTransaction()
                .ifPresent(attempt -> keys.complete(
                        attempt.key(),
                        new Answer(
                                status,
                                Optional.of(location),
                                Optional.of(seal.seal(attempt.key(), json.writeValueAsBytes(body))))));
    }

    private static Optional<Attempt> ofTransaction() {
        return Attempt.current().filter(attempt -> !attempt.reserved());
    }

    /** The answer to a request that was answered before, if it was. */
    Optional<ResponseEntity<byte[]>> earlier(IdempotencyKeys.Key key, Fingerprint fingerprint) {
        return in(key, () -> keys.find(key, clock.instant())).map(kept -> replay(key, fingerprint, kept));
    }

    private ResponseEntity<byte[]> replay(IdempotencyKeys.Key key, Fingerprint fingerprint, Kept kept) {
        if (!fingerprint.isOf(kept.fingerprint())) {
            throw new ProblemException(
                    Problem.of(
                            ProblemType.KEY_REUSED,
                            "The Idempotency-Key was sent before with another address or body. Take a new key for a new request."));
        }
        if (kept.status().isEmpty()) {
            throw tooEarly(kept.createdAt().plus(LOST).isBefore(clock.instant()));
        }
        ResponseEntity.BodyBuilder answer =
                ResponseEntity.status(kept.status().getAsInt()).header(REPLAYED, "true");
        kept.location().ifPresent(location -> answer.location(URI.create(location)));
        if (kept.body().isEmpty()) {
            return answer.build();
        }
        return answer.contentType(MediaType.APPLICATION_JSON)
                .body(
                        seal.open(key, kept.body().get())
                                .orElseThrow(
                                        () -> new ProblemException(
                                                Problem.of(
                                                        ProblemType.CONFLICT,
                                                        "The request was carried out, but its answer can no longer be read. Look at what is there."))));
    }

    private static ProblemException tooEarly(boolean lost) {
        return new ProblemException(Problem.of(
                ProblemType.REPEAT_TOO_EARLY,
                lost
                        ? "The request with this key was cut off, and whether it took effect is not known. "
                                + "Look at what is there, and take a new key."
                        : "The request with this key is still being carried out. Send it again in a few seconds."));
    }

    /** Takes the key before the effect, for a request whose effect cannot keep the answer by itself. */
    void reserve(Attempt attempt) {
        Instant now = clock.instant();
        if (!in(
                attempt.key(),
                () -> keys.reserve(attempt.key(), attempt.fingerprint().text(), now, now.plus(KEPT)))) {
            throw tooEarly(false);
        }
    }

    void complete(Attempt attempt, int status, Optional<String> location, byte[] body) {
        Optional<byte[]> sealed = body.length == 0 ? Optional.empty() : Optional.of(seal.seal(attempt.key(), body));
        in(attempt.key(), () -> {
            keys.complete(attempt.key(), new Answer(status, location, sealed));
            return true;
        });
    }

    void release(Attempt attempt) {
        in(attempt.key(), () -> {
            keys.release(attempt.key());
            return true;
        });
    }

    @Scheduled(initialDelayString = "PT10M", fixedDelayString = "PT1H")
    void purge() {
        tenancy.asPlatform("purge of kept answers", () -> keys.purge(clock.instant()));
    }

    private <T> T in(IdempotencyKeys.Key key, Supplier<T> work) {
        return key.organizationId()
                .map(organization -> tenancy.inOrg(organization, work))
                .orElseGet(() -> tenancy.asPlatform("a key of no organisation", work));
    }

    /** Another request with the same key was faster; its answer is this one's too. */
    static final class OvertakenException extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final transient Attempt attempt;

        OvertakenException(Attempt attempt) {
            super("Another request with the same key was faster", null, false, false);
            this.attempt = attempt;
        }

        Attempt attempt() {
            return attempt;
        }
    }
}
