package dev.berth.api.work;

import dev.berth.store.Canary;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The part of the traffic that a deployment got before it was to have all of it.
 *
 * @param weight percent of the requests
 * @param since when it got them
 * @param until when it ends by itself: promoted where the service says after how long, else aborted
 * @param requests that the edge counted
 * @param errors of them that were answered by 5xx
 * @param maxErrorPercent beyond which it is aborted by itself
 * @param promotesItself whether it is promoted when its time is up
 * @param decision what was decided; null while it waits, and for one that was cancelled
 */
@Schema(name = "Canary")
public record CanaryView(
        int weight,
        Instant since,
        Instant until,
        long requests,
        long errors,
        int maxErrorPercent,
        boolean promotesItself,
        Canary.@Nullable Decision decision) {
    /** Nothing for one that never got its part. */
    static Optional<CanaryView> of(Canary canary) {
        return canary.beganAt()
                .flatMap(since -> canary.endsAt()
                        .map(until -> new CanaryView(
                                canary.weight(),
                                since,
                                until,
                                canary.tally().requests(),
                                canary.tally().errors(),
                                canary.maxErrorPercent(),
                                canary.holdSeconds() > 0,
                                canary.decision().orElse(null))));
    }
}
