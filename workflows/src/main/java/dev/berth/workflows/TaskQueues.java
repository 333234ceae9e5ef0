package dev.berth.workflows;

/** The queues that Temporal workers poll. */
public final class TaskQueues {
    /** Workflows, and the activities that talk to rows, Swarm and the edge: many, each short. */
    public static final String CORE = "core";

    /**
     * Activities that wait for an app, for a person or for another workflow, as long as a tenant's settings say. Apart from
     * {@link #CORE}, so that nobody's waiting keeps somebody else's stop or roll-back from being done.
     */
    public static final String WATCH = "watch";

    /** Activities that need the builder's disk and processors: as many at once as the machine has processors. */
    public static final String BUILD = "build";

    private TaskQueues() {}
}
