package dev.berth.workflows;

import dev.berth.domain.BuildRef;
import dev.berth.domain.ImageDigest;
import dev.berth.domain.plan.BuildPlan;
import io.temporal.activity.ActivityInterface;
import java.util.Optional;

/**
 * From a repository to a plan. Each may run more than once for one build and must then change nothing more; each throws an
 * {@code ApplicationFailure} whose type is the name of a {@link dev.berth.domain.FailureCode} and whose first detail is the
 * {@link dev.berth.domain.Failure}.
 */
@ActivityInterface
public interface SourceActivities {
    /** Finds the commit that the build's ref names now, records it, and looks for a build of the same inputs. */
    Resolution resolveCommit(BuildRef build, BuildWorkflow.Reuse reuse);

    /** Fetches that commit alone into the build's workspace. Heartbeats; cancellable. */
    void fetchSource(BuildRef build, String commitSha);

    /** Recognises the app and says how it will be built and started; the plan is kept with the build. */
    BuildPlan planBuild(BuildRef build);

    /** Removes the build's workspace and its temporary roots. */
    void discardWorkspace(BuildRef build);

    /** @param reusable the image of an earlier build of the same inputs that is still in the registry */
    record Resolution(String commitSha, Optional<ImageDigest> reusable) {}
}
