package dev.berth.domain.canary;

import dev.berth.domain.Failure;
import dev.berth.domain.FailureCode;
import java.util.Optional;

/** Why a canary loses its part of the traffic: the words of each end that is not a promotion. */
public final class CanaryVerdict {
    private static final String OLD_SERVES = "what served before serves all again";

    private CanaryVerdict() {}

    /** The reason to take a canary back; empty while there is none. */
    public static Optional<Failure> of(CanaryTally tally, int maxErrorPercent) {
        return tally.isBeyond(maxErrorPercent)
                ? Optional.of(Failure.of(
                                FailureCode.CANARY_ERRORS,
                                "The app got a part of the traffic and answered more than " + maxErrorPercent
                                        + " % of it with errors; " + OLD_SERVES + ".",
                                "See what it logged, mend it and deploy again.")
                        .withEvidence("The edge counted " + tally.words() + "."))
                : Optional.empty();
    }

    /** Somebody aborted it. */
    public static Failure aborted(CanaryTally tally) {
        return Failure.of(
                        FailureCode.CANCELLED,
                        "It was aborted while it had a part of the traffic; " + OLD_SERVES + ".",
                        "Deploy again if it was a mistake.")
                .withEvidence("The edge counted " + tally.words() + ".");
    }

    /** Nobody decided in the longest time that a canary may take. */
    public static Failure undecided(CanaryTally tally) {
        return Failure.of(
                        FailureCode.CANARY_UNDECIDED,
                        "Nobody promoted it in the day that a canary may take; " + OLD_SERVES + ".",
                        "Deploy again and promote it, or set canaryHoldSeconds to have it promoted by itself.")
                .withEvidence("The edge counted " + tally.words() + ".");
    }
}
