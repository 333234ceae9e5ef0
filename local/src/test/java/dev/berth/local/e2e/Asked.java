package dev.berth.local.e2e;

import java.util.Optional;

/**
 * What a scene asked for.
 *
 * @param deployment what the operation makes or goes back to
 * @param onceHeld what else is to go on once a process waits at the cell's point
 */
record Asked(String operation, Optional<String> deployment, Ending ending, Runnable onceHeld) {
    Asked ends(Ending other) {
        return new Asked(operation, deployment, other, onceHeld);
    }

    Asked then(Runnable goOn) {
        return new Asked(operation, deployment, ending, goOn);
    }
}
