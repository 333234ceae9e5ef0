package dev.berth.store;

import dev.berth.domain.Failure;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * The run of a deployment's release command.
 *
 * @param exitCode empty while it runs, and where it never came to an end of its own
 * @param failure present exactly when it failed
 */
public record Release(
        UUID deploymentId,
        State status,
        Optional<Integer> exitCode,
        Optional<Failure> failure,
        Instant startedAt,
        Optional<Instant> finishedAt) {
    /** How far it is. */
    public enum State {
        RUNNING,
        SUCCEEDED,
        FAILED,
        /** Its deployment was ended while it ran. */
        CANCELLED
    }
}
