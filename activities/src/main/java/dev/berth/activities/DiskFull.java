package dev.berth.activities;

import java.io.IOException;
import java.util.stream.Stream;

/** Tells a full disk from all other trouble that an {@link IOException} may mean. */
public final class DiskFull {
    /** Linux, {@code strerror(ENOSPC)} and {@code strerror(EDQUOT)}: the JDK has no class for either. */
    private static final String FULL = "No space left on device";

    private static final String OVER_QUOTA = "Disk quota exceeded";

    private DiskFull() {}

    /** Whether the trouble comes of a full disk, at any depth. */
    public static boolean isBehind(Throwable trouble) {
        return Stream.<Throwable>iterate(trouble, cause -> cause != null, Throwable::getCause)
                .limit(20)
                .map(cause -> String.valueOf(cause.getMessage()))
                .anyMatch(message -> message.contains(FULL) || message.contains(OVER_QUOTA));
    }
}
