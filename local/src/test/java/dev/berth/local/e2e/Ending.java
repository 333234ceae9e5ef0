package dev.berth.local.e2e;

import java.util.Set;

/**
 * How what was asked for must end, whatever died.
 *
 * @param operation the states that are true of the operation
 * @param deployment those of the deployment; empty where it is another operation's
 * @param after where the service stands then
 * @param statuses what a visitor may be answered meanwhile
 */
record Ending(Set<String> operation, Set<String> deployment, After after, Set<Integer> statuses) {
    enum After {
        NEW_SERVES,
        OLD_SERVES,
        ANY_SERVES,
        STOPPED,
        GONE;

        boolean serves() {
            return this != STOPPED && this != GONE;
        }
    }

    static Ending newServes() {
        return new Ending(Set.of("succeeded"), Set.of("running"), After.NEW_SERVES, Set.of(200));
    }

    static Ending oldServes(Set<String> operation, Set<String> deployment) {
        return new Ending(operation, deployment, After.OLD_SERVES, Set.of(200));
    }

    static Ending succeeds(After after, Integer... statuses) {
        return new Ending(Set.of("succeeded"), Set.of(), after, Set.of(statuses));
    }

    /** Containers that die with their engine are a crash to whoever watches them: that a deployment ends so is true as well. */
    Ending whereContainersDie() {
        return deployment.contains("running")
                ? new Ending(
                        Set.of("succeeded", "failed"),
                        Set.of("running", "failed", "rolled_back"),
                        After.ANY_SERVES,
                        statuses)
                : this;
    }
}
