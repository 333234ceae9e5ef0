package dev.berth.workflows;

import dev.berth.domain.Failure;
import dev.berth.domain.FailureCode;
import io.temporal.activity.Activity;
import io.temporal.failure.ApplicationFailure;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Lets the activities of a fake fail, hesitate and be counted. */
abstract class Behaviours {
    /** May grow while somebody looks at it: a soak goes on after its operation. */
    final List<String> effects = new CopyOnWriteArrayList<>();

    private final Map<String, Runnable> behaviours = new ConcurrentHashMap<>();

    /** What {@code activity} does before its effect, each time it runs; what it throws is what the activity throws. */
    Behaviours when(String activity, Runnable behaviour) {
        behaviours.put(activity, behaviour);
        return this;
    }

    Behaviours fails(String activity, FailureCode code) {
        return when(activity, () -> {
            Failure failure = Failure.of(code, activity + " failed", "mend it");
            throw ApplicationFailure.newNonRetryableFailure(failure.sentence(), code.name(), failure);
        });
    }

    /** Lets {@code activity} fail by a fault of the platform's own as often as said, and then do what it does. */
    Behaviours faults(String activity, int times) {
        AtomicInteger left = new AtomicInteger(times);
        return when(activity, () -> {
            if (left.getAndDecrement() > 0) {
                throw ApplicationFailure.newNonRetryableFailure("a fault in " + activity, "Fault");
            }
        });
    }

    /** Lets {@code activity} stay until it is released or, since it heartbeats, cancelled. */
    Hold holds(String activity) {
        Hold hold = Hold.unheld();
        when(activity, () -> hold.stay(() -> Activity.getExecutionContext().heartbeat("held")));
        return hold;
    }

    /** Lets {@code activity} stay until it is released; it never hears that it was cancelled. */
    Hold holdsDeaf(String activity) {
        Hold hold = Hold.unheld();
        when(activity, () -> hold.stay(() -> {}));
        return hold;
    }

    /** It comes to its effect, which is remembered by its name. */
    void does(String activity) {
        Optional.ofNullable(behaviours.get(activity)).ifPresent(Runnable::run);
        effects.add(activity);
    }
}
