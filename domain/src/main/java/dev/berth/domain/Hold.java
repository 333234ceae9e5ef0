package dev.berth.domain;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/** Why a deployment that is built is not started yet. */
public sealed interface Hold {
    /** An admin of the organisation has to approve it. */
    record Approval() implements Hold {}

    /** @param opens when it may go on */
    record Window(Instant opens) implements Hold {
        public Window {
            requireNonNull(opens, "opens is null");
        }
    }
}
