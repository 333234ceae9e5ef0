package dev.berth.workers;

import dev.berth.domain.TenantRef;
import dev.berth.workflows.TaskQueues;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.activity.ActivityInfo;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptor;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptorBase;
import io.temporal.common.interceptors.WorkerInterceptorBase;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/**
 * Gives each organisation so many turns at one kind of waiting, in one process. How long an app is waited for is its owner's
 * word, so whoever asks for an hour of it on a hundred services would else keep the places of all others, and the engine busy
 * with being looked at. What gets no turn is tried again by Temporal, with its pauses, until it gets one.
 */
final class Turns extends WorkerInterceptorBase {
    /** The type of the failure of an attempt that got no turn. */
    static final String NO_TURN = "NO_TURN";

    private static final Duration PAUSE = Duration.ofSeconds(10);

    private final int most;
    /** As many entries as there are organisations that ever waited here, times the kinds of waiting. */
    private final Map<Share, Semaphore> turns = new ConcurrentHashMap<>();

    /** @param most of one organisation and kind at a time */
    Turns(int most) {
        this.most = most;
    }

    private record Share(UUID organization, String activityType) {}

    @Override
    public ActivityInboundCallsInterceptor interceptActivity(ActivityInboundCallsInterceptor next) {
        return new Taking(next);
    }

    private final class Taking extends ActivityInboundCallsInterceptorBase {
        private Optional<ActivityInfo> info = Optional.empty();

        Taking(ActivityInboundCallsInterceptor next) {
            super(next);
        }

        @Override
        public void init(ActivityExecutionContext executing) {
            info = Optional.of(executing.getInfo());
            super.init(executing);
        }

        @Override
        public ActivityOutput execute(ActivityInput input) {
            Optional<Semaphore> share = info.filter(
                            own -> own.getActivityTaskQueue().equals(TaskQueues.WATCH))
                    .flatMap(own -> share(own, input.getArguments()))
                    .map(own -> turns.computeIfAbsent(own, _ -> new Semaphore(most)));
            if (share.isPresent() && !share.get().tryAcquire()) {
                throw noTurn();
            }
            try {
                return super.execute(input);
            } finally {
                share.ifPresent(Semaphore::release);
            }
        }
    }

    private static Optional<Share> share(ActivityInfo info, Object[] arguments) {
        return arguments.length > 0 && arguments[0] instanceof TenantRef subject
                ? Optional.of(new Share(subject.organizationId(), info.getActivityType()))
                : Optional.empty();
    }

    private ApplicationFailure noTurn() {
        return ApplicationFailure.newBuilder()
                .setMessage("The organisation waits for " + most
                        + " others in this way; this one gets its turn when one of them is over.")
                .setType(NO_TURN)
                .setNextRetryDelay(PAUSE)
                .build();
    }
}
