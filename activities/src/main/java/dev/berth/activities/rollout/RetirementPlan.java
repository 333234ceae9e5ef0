package dev.berth.activities.rollout;

import dev.berth.domain.DeploymentState;
import dev.berth.store.Deployment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Which deployments of a service go to zero and which go for good; a pure decision over its rows.
 *
 * @param toZero run and no longer serve
 * @param toRemove older than the newest that are kept for roll-back
 */
record RetirementPlan(List<Deployment> toZero, List<Deployment> toRemove) {
    /**
     * @param retained everything that could get the traffic, newest first
     * @param serving has the traffic
     * @param settled whether the requests on what lost the traffic have had time to end
     * @param keep how many stay, the serving one included
     */
    static RetirementPlan of(List<Deployment> retained, UUID serving, boolean settled, int keep) {
        Optional<Deployment> warm = warmBehind(retained, serving);
        List<Deployment> toZero = new ArrayList<>();
        List<Deployment> toRemove = new ArrayList<>();
        int kept = warm.isPresent() ? 2 : 1;
        for (Deployment deployment : retained) {
            if (deployment.id().equals(serving)
                    || warm.filter(deployment::equals).isPresent()) {
                continue;
            }
            boolean runs = deployment.status() == DeploymentState.RUNNING;
            if (runs && !settled) {
                kept++;
                continue;
            }
            if (runs) {
                toZero.add(deployment);
            }
            if (kept < keep) {
                kept++;
            } else {
                toRemove.add(deployment);
            }
        }
        return new RetirementPlan(List.copyOf(toZero), List.copyOf(toRemove));
    }

    /** The same for a stopped service: nothing runs, and the newest are kept for its start. */
    static RetirementPlan whenStopped(List<Deployment> retained, boolean settled, int keep) {
        List<Deployment> running = retained.stream()
                .filter(deployment -> settled && deployment.status() == DeploymentState.RUNNING)
                .toList();
        return new RetirementPlan(
                running,
                retained.stream()
                        .skip(keep)
                        .filter(deployment -> settled || deployment.status() != DeploymentState.RUNNING)
                        .toList());
    }

    /** The same, but for what must not go yet. */
    RetirementPlan without(Set<UUID> staying) {
        return new RetirementPlan(
                toZero,
                toRemove.stream()
                        .filter(deployment -> !staying.contains(deployment.id()))
                        .toList());
    }

    /** What automatic roll-back would go to: nothing behind a proven deployment. */
    private static Optional<Deployment> warmBehind(List<Deployment> retained, UUID serving) {
        boolean proven = retained.stream()
                .anyMatch(deployment ->
                        deployment.id().equals(serving) && deployment.provenAt().isPresent());
        if (proven) {
            return Optional.empty();
        }
        List<Deployment> others = retained.stream()
                .filter(deployment -> !deployment.id().equals(serving))
                .toList();
        return others.stream()
                .filter(deployment -> deployment.provenAt().isPresent())
                .findFirst()
                .or(() -> others.stream()
                        .filter(deployment -> deployment.status() == DeploymentState.RUNNING)
                        .findFirst());
    }
}
