package dev.berth.workflows;

/** The queues that Temporal workers poll. */
public final class TaskQueues {
    /** Workflows, and the activities that talk to rows, Swarm and the edge: many, each short. */
    public static final String CORE = "core";

    /** Activities that need the builder's disk and processors: as many at once as the machine has processors. */
    public static final String BUILD = "build";

    private TaskQueues() {}
}
