package dev.berth.api.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * How often each of many may do something in a minute: a token bucket each, filled evenly. It knows a bounded number of them and
 * forgets whom it has not heard of for the longest time, or for two minutes, when the bucket is full again anyway.
 *
 * <p>In this process's memory: each API process counts for itself until they share a Redis.
 */
public final class Allowances {
    private static final Duration FORGET = Duration.ofMinutes(2);

    private final int perMinute;
    private final Clock clock;
    private final Cache<String, Bucket> buckets;

    /** @param most how many are known at once */
    public Allowances(int perMinute, int most, Clock clock) {
        this.perMinute = perMinute;
        this.clock = clock;
        this.buckets = Caffeine.newBuilder()
                .maximumSize(most)
                .expireAfterAccess(FORGET)
                .ticker(() -> nanos(clock))
                .build();
    }

    /** Takes one; where none is left, says in what time there is one again. */
    public Optional<Duration> take(String who) {
        ConsumptionProbe probe = buckets.get(who, key -> full()).tryConsumeAndReturnRemaining(1);
        return probe.isConsumed() ? Optional.empty() : Optional.of(Duration.ofNanos(probe.getNanosToWaitForRefill()));
    }

    private Bucket full() {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(perMinute).refillGreedy(perMinute, Duration.ofMinutes(1)))
                .withCustomTimePrecision(new Meter(clock))
                .build();
    }

    private static long nanos(Clock clock) {
        Instant now = clock.instant();
        return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
    }

    private record Meter(Clock clock) implements TimeMeter {
        @Override
        public long currentTimeNanos() {
            return nanos(clock);
        }

        @Override
        public boolean isWallClockBased() {
            return true;
        }
    }
}
