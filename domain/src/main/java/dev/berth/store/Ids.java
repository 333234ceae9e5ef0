package dev.berth.store;

import java.security.SecureRandom;
import java.util.UUID;

/**
 * New keys: UUID version 7 (RFC 9562, 5.7), so that rows made later sort later and indexes grow at their end. They are made
 * before the row, since a retried effect must find its own id again.
 */
public final class Ids {
    private static final SecureRandom RANDOM = new SecureRandom();

    private Ids() {}

    public static UUID next() {
        long milliseconds = System.currentTimeMillis();
        long high = (milliseconds << 16) | 0x7000L | RANDOM.nextInt(1 << 12);
        long low = (RANDOM.nextLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }
}
