package dev.berth.failpoints;

import static dev.berth.failpoints.Failpoint.Side.AFTER;
import static dev.berth.failpoints.Failpoint.Side.BEFORE;

import dev.berth.domain.TenantRef;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.client.ActivityCompletionException;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptor;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptorBase;
import io.temporal.common.interceptors.WorkerInterceptorBase;
import java.util.Arrays;
import java.util.Optional;

/** Stands outside the journal, so that what is held before an activity has left no trace of it. */
public final class HeldActivities extends WorkerInterceptorBase {
    private final Gate gate;

    /** For the service loader. */
    public HeldActivities() {
        this(Gate.ofThisProcess());
    }

    HeldActivities(Gate gate) {
        this.gate = gate;
    }

    @Override
    public ActivityInboundCallsInterceptor interceptActivity(ActivityInboundCallsInterceptor next) {
        return new Held(next);
    }

    private final class Held extends ActivityInboundCallsInterceptorBase {
        private Optional<ActivityExecutionContext> context = Optional.empty();

        Held(ActivityInboundCallsInterceptor next) {
            super(next);
        }

        @Override
        public void init(ActivityExecutionContext executing) {
            context = Optional.of(executing);
            super.init(executing);
        }

        @Override
        public ActivityOutput execute(ActivityInput input) {
            pass(BEFORE, input);
            ActivityOutput output = super.execute(input);
            pass(AFTER, input);
            return output;
        }

        private void pass(Failpoint.Side side, ActivityInput input) {
            context.ifPresent(executing -> Arrays.stream(input.getArguments())
                    .filter(TenantRef.class::isInstance)
                    .map(TenantRef.class::cast)
                    .findFirst()
                    .ifPresent(subject -> gate.pass(
                            new Failpoint(side, executing.getInfo().getActivityType(), subject.serviceId()),
                            () -> beat(executing))));
        }

        /** Somebody who waits here lives, however long it takes; a cancel is the activity's to hear of. */
        private static void beat(ActivityExecutionContext executing) {
            try {
                executing.heartbeat("held");
            } catch (ActivityCompletionException unwanted) {
                // It goes on when it is let go.
            }
        }
    }
}
