package dev.berth.local.e2e;

import dev.berth.failpoints.Failpoint.Side;
import java.util.Locale;

/** One row of the chaos suite: in {@code scene}, when {@code effect} is about to happen or has happened, {@code victim} dies. */
record ChaosCell(ChaosScene scene, Side side, String effect, Victim victim) {
    @Override
    public String toString() {
        return "%-21s %-6s %-20s %-15s"
                .formatted(
                        scene.words(),
                        side.name().toLowerCase(Locale.ROOT),
                        effect.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT),
                        victim.part());
    }
}
