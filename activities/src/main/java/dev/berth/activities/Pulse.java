package dev.berth.activities;

import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;

/**
 * How long work says that it still lives, and learns that nobody wants it any more. An adapter takes one instead of Temporal's
 * context, so that it also runs outside an activity.
 */
@FunctionalInterface
public interface Pulse {
    /**
     * Cheap: call it in every turn of a loop, at least once a second.
     *
     * @throws io.temporal.client.ActivityCompletionException when the activity was cancelled or its run is over; let it pass
     */
    void beat();

    /** The pulse of the activity that this thread runs; other threads may beat it too. */
    static Pulse ofActivity() {
        ActivityExecutionContext context = Activity.getExecutionContext();
        return () -> context.heartbeat("at work");
    }
}
