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
 * How often each of many may do something in a minute or another time: a token bucket each, filled evenly. It knows a bounded
 * number of them and forgets whom it has not heard of for the longest time, or for twice that time, when the bucket is full again
 * anyway.
 *
 * <p>In this process's memory: each API process counts for itself until they share a Redis.
 */
public final class Allowances {
    private final int times;
    private final Duration time;
    private final Clock clock;
    private final Cache<String, Bucket> buckets;

    /** @param most how many are known at once */
    public Allowances(int perMinute, int most, Clock clock) {
        this(perMinute, Duration.ofMinutes(1), most, clock);
    }

    /**
     * @param times how often, in any {@code time} after a rest of as long
     * @param most how many are known at once
     */
    public Allowances(int times, Duration time, int most, Clock clock) {
        this.times = times;
        this.time = time;
        this.clock = clock;
        this.buckets = Caffeine.newBuilder()
                .maximumSize(most)
                .expireAfterAccess(time.multipliedBy(2))
                .ticker(() -> nanos(clock))
                .build();
    }

    /** Takes one; where none is left, says in what time there is one again. */
    public Optional<Duration> take(String who) {
        ConsumptionProbe probe = buckets.get(who, key -> full()).tryConsumeAndReturnRemaining(1);
        return probe.isConsumed() ? Optional.empty() : Optional.of(Duration.ofNanos(probe.getNanosToWaitForRefill()));
    }

    /** Puts back one that was taken and shall not count. */
    public void giveBack(String who) {
        Optional.ofNullable(buckets.getIfPresent(who)).ifPresent(bucket -> bucket.addTokens(1));
    }

    private Bucket full() {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(times).refillGreedy(times, time))
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
