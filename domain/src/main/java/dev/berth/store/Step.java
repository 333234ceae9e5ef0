package dev.berth.store;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * One attempt of one step of a build, a deployment, an operation or a service's queue.
 *
 * @param execution names the attempt's activity across retries: workflow run and activity id
 * @param detail why it failed, in the user's words; at most 1,000 characters
 */
public record Step(
        UUID id,
        UUID organizationId,
        UUID serviceId,
        Subject subject,
        UUID subjectId,
        String execution,
        String name,
        int attempt,
        State status,
        Optional<String> detail,
        Instant startedAt,
        Optional<Instant> finishedAt) {
    public Step {
        requireNonNull(name, "name is null");
    }

    public enum Subject {
        SERVICE,
        OPERATION,
        BUILD,
        DEPLOYMENT
    }

    public enum State {
        RUNNING,
        SUCCEEDED,
        FAILED,
        CANCELLED
    }
}
