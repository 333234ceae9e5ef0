package dev.berth.bench;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityOptions;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Duration;

/** What anybody writes first: one activity after the other, and nothing else. */
@WorkflowInterface
public interface BareWorkflow {
    String QUEUE = "bare";

    /** @return how many activities were run */
    @WorkflowMethod
    int run(int activities);

    /** An effect that costs nothing. */
    @ActivityInterface
    interface Effect {
        int next(int number);
    }

    final class Counting implements Effect {
        @Override
        public int next(int number) {
            return number + 1;
        }
    }

    final class Impl implements BareWorkflow {
        private final Effect effect = Workflow.newActivityStub(
                Effect.class,
                ActivityOptions.newBuilder()
                        .setStartToCloseTimeout(Duration.ofSeconds(10))
                        .build());

        @Override
        public int run(int activities) {
            int done = 0;
            while (done < activities) {
                done = effect.next(done);
            }
            return done;
        }
    }
}
