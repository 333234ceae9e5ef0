package dev.berth.failpoints;

import static java.util.Objects.requireNonNull;

import java.util.UUID;

/**
 * One point in the work for one service.
 *
 * @param effect what happens there: an activity's type, as {@code CreateRevision}, or {@link #WAKE}
 * @param service whose work it is; that of others passes
 */
public record Failpoint(Side side, String effect, UUID service) {
    /** The service's workflow is told that there is work, and started where it does not run. */
    public static final String WAKE = "Wake";

    /** Names the folder to a process; without it nothing waits anywhere. */
    public static final String VARIABLE = "BERTH_FAILPOINTS";

    public Failpoint {
        requireNonNull(side, "side is null");
        requireNonNull(service, "service is null");
        if (!effect.matches("[A-Za-z]+")) {
            throw new IllegalArgumentException("Not the name of an effect: " + effect);
        }
    }

    /** When Temporal knows nothing of the effect yet: it has not happened, or it has and nobody could say so. */
    public enum Side {
        BEFORE,
        AFTER
    }

    /** The file by which a test asks for it. */
    public String asked() {
        return name() + ".asked";
    }

    /** The same file, once a process waits there; it goes on when the file is gone. */
    public String held() {
        return name() + ".held";
    }

    private String name() {
        return side.name().toLowerCase(java.util.Locale.ROOT) + "." + effect + "." + service;
    }
}
