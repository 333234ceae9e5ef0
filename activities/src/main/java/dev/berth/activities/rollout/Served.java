package dev.berth.activities.rollout;

import dev.berth.activities.ActivityFailures;
import dev.berth.activities.edge.EdgeProbe;
import dev.berth.domain.Failure;
import dev.berth.domain.FailureCode;
import java.time.Duration;

/** Sees the edge serve a generation of its document, and says what it serves instead. */
final class Served {
    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final Duration LOOK = Duration.ofMillis(20);
    /** What an edge that is down serves. */
    private static final long SILENT = -1;

    private final EdgeProbe edge;

    Served(EdgeProbe edge) {
        this.edge = edge;
    }

    /** Fails, in the user's words, where the edge does not serve it in time. */
    void require(long generation) {
        long served = await(generation);
        if (served < generation) {
            throw ActivityFailures.of(failure(served, generation));
        }
    }

    /** Tries again later where the edge does not serve it in time: for what has to come true. */
    void insistOn(long generation) {
        if (await(generation) < generation) {
            throw new IllegalStateException("The edge does not serve generation " + generation + " yet");
        }
    }

    private static Failure failure(long served, long wanted) {
        String deadline = " within " + DEADLINE.toSeconds() + " seconds.";
        return served == SILENT
                ? Failure.of(
                                FailureCode.EDGE_UNREACHABLE,
                                "The edge did not answer" + deadline,
                                "Ask the platform's operator whether the edge runs, then deploy again.")
                        .withEvidence("Wanted was generation " + wanted + " of the edge's document.")
                : Failure.of(
                                FailureCode.ROUTE_NOT_SERVED,
                                "The edge did not take the new route" + deadline,
                                "Ask the platform's operator whether the Temporal worker runs, then deploy again.")
                        .withEvidence("The edge serves generation " + served + " of its document, wanted was " + wanted
                                + ".");
    }

    /** What the edge serves once that is the generation or newer, or its time is up. */
    private long await(long generation) {
        long deadline = System.nanoTime() + DEADLINE.toNanos();
        long served = now();
        while (served < generation && System.nanoTime() < deadline) {
            Waits.pause(LOOK);
            served = now();
        }
        return served;
    }

    private long now() {
        try {
            return edge.servedGeneration().orElse(SILENT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while asking the edge", e);
        }
    }
}
