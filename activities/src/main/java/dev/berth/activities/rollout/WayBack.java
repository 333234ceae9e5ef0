package dev.berth.activities.rollout;

import static dev.berth.domain.DeploymentState.RUNNING;

import dev.berth.activities.rollout.Rows.Subject;
import dev.berth.domain.DeploymentRef;
import dev.berth.store.Deployment;
import java.util.Optional;

/** Which deployment gets the traffic when another is to lose it; rows decide. */
final class WayBack {
    private final Rows rows;

    WayBack(Rows rows) {
        this.rows = rows;
    }

    /**
     * Call it inside a transaction.
     *
     * @param before as of {@link dev.berth.workflows.RolloutActivities#routeBack}
     * @return empty where nothing is left to serve
     */
    Optional<DeploymentRef> from(Subject subject, Optional<DeploymentRef> before) {
        DeploymentRef deployment = subject.deployment().ref();
        // An earlier try may have moved the traffic and died before it could write so.
        return rows.routed(deployment.service())
                .filter(routed -> !routed.equals(deployment))
                .or(() -> before.filter(this::isKept))
                .or(() -> rows.deployments().lastProven(deployment).map(Deployment::ref))
                .or(() -> newest(subject));
    }

    /** The end of its soak may have been its own end. */
    private boolean isKept(DeploymentRef before) {
        return rows.deployments().find(before).filter(Deployment::isRetained).isPresent();
    }

    /** Where one version ends before the next is started, what served before does not run and may be unproven. */
    private Optional<DeploymentRef> newest(Subject subject) {
        boolean oneAtATime = subject.service().rollout().traffic().strategy().isOneAtATime();
        return rows.deployments().retained(subject.service().ref()).stream()
                .filter(other -> !other.id().equals(subject.deployment().id()))
                .filter(other -> oneAtATime || other.status() == RUNNING)
                .findFirst()
                .map(Deployment::ref);
    }
}
