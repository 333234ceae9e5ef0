package dev.berth.workflows;

import dev.berth.domain.BuildRef;
import dev.berth.domain.BuildState;
import dev.berth.domain.Failure;
import dev.berth.domain.ImageDigest;
import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.util.Optional;

/** Turns one commit into one image in the registry. Id: {@link BuildRef#workflowId()}. */
@WorkflowInterface
public interface BuildWorkflow {
    /** Ends when the build is terminal; never throws for a failure of the user's code. Cancelled, it clears up first. */
    @WorkflowMethod
    Outcome build(Request request);

    /** The step it is in, for people who ask why it waits. */
    @QueryMethod
    String step();

    record Request(BuildRef build, Reuse reuse) {}

    /** Whether an earlier build of the same inputs may stand in for this one. */
    enum Reuse {
        EARLIER_BUILD,
        NOTHING
    }

    /** @param image present exactly when {@code state} is {@code SUCCEEDED}; {@code failure} in the other cases */
    record Outcome(BuildState state, Optional<ImageDigest> image, Optional<Failure> failure) {}
}
