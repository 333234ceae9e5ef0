package dev.berth.domain;

/** What a request asks of a service. */
public enum OperationKind {
    /** Build the branch's present commit, or find its build, and deploy it. */
    DEPLOY,
    /** Build again even where a build of the same inputs exists, and deploy the result. */
    REBUILD,
    /** Deploy the image that serves once more, with the present configuration. */
    RESTART,
    /** Bring a stopped service's kept deployment up and put the traffic on it. */
    START,
    /** Answer for the service with a page that says so, and scale it to zero; everything is kept. */
    STOP,
    /** Change the number of replicas of what serves. */
    SCALE,
    /** Put the traffic on a retained deployment. */
    ROLLBACK,
    /** Asked by the platform itself: bring back what serves by the rows and was changed behind Berth's back. */
    REPAIR,
    /** Remove the service with everything that it has in Swarm, edge and registry. */
    DELETE;

    /** Whether it makes a deployment of its own, whose end is its end. */
    public boolean makesDeployment() {
        return this == DEPLOY || this == REBUILD || this == RESTART;
    }

    /** Whether a canary that waits for its decision is ended for an operation of this kind: what it asks is about what serves. */
    public boolean endsCanary() {
        return switch (this) {
            case STOP, ROLLBACK, DELETE -> true;
            case DEPLOY, REBUILD, RESTART, START, SCALE, REPAIR -> false;
        };
    }

    /**
     * Whether a queued operation of this kind is left out because a newer one waits: what it would do would be undone, or done
     * better, by the newer one. Whatever stands between the two in the queue, leaving the older one out ends in the same state.
     */
    public boolean givesWayTo(OperationKind newer) {
        return newer == DELETE
                || switch (this) {
                    case DEPLOY, REBUILD -> newer == DEPLOY || newer == REBUILD;
                    // Not to a deploy, which may have to wait for an approval first.
                    case RESTART -> newer == RESTART;
                    case START, STOP -> newer == START || newer == STOP;
                    case SCALE -> newer == SCALE;
                    case ROLLBACK, REPAIR, DELETE -> false;
                };
    }
}
