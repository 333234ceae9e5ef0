package dev.berth.domain;

/** What a request asks of a service. */
public enum OperationKind {
    /** Build the branch's present commit, or find its build, and deploy it. */
    DEPLOY,
    /** Build again even where a build of the same inputs exists, and deploy the result. */
    REBUILD,
    /** Put the traffic on a retained deployment. */
    ROLLBACK,
    /** Asked by the platform itself: bring back what serves by the rows and was changed behind Berth's back. */
    REPAIR,
    /** Remove the service with everything that it has in Swarm, edge and registry. */
    DELETE;

    /** Whether a queued operation of this kind gives way to a newer one of the same family. */
    public boolean isSuperseded() {
        return this == DEPLOY || this == REBUILD;
    }
}
