package dev.berth.workflows;

import static dev.berth.domain.BuildState.CANCELLED;
import static dev.berth.domain.BuildState.FAILED;
import static dev.berth.domain.BuildState.SUCCEEDED;

import dev.berth.domain.BuildRef;
import dev.berth.domain.BuildState;
import dev.berth.domain.Failure;
import dev.berth.domain.FailureCode;
import dev.berth.domain.ImageDigest;
import dev.berth.domain.plan.BuildPlan;
import dev.berth.workflows.ImageActivities.PushedImage;
import dev.berth.workflows.NixActivities.Derivation;
import dev.berth.workflows.NixActivities.StoreOutput;
import dev.berth.workflows.SourceActivities.Resolution;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Workflow;
import java.util.Optional;

public final class BuildWorkflowImpl implements BuildWorkflow {
    private final SourceActivities source = ActivityStubs.source();
    private final NixActivities nix = ActivityStubs.nix();
    private final ImageActivities images = ActivityStubs.images();
    private String step = "waiting";

    @Override
    public Outcome build(Request request) {
        BuildRef build = request.build();
        try {
            step = "looking up the commit";
            Resolution resolution = source.resolveCommit(build, request.reuse());
            return resolution
                    .reusable()
                    .map(image -> finish(build, image))
                    .orElseGet(() -> make(build, resolution.commitSha()));
        } catch (TemporalFailure failure) {
            return abandon(build, Reasons.of(failure, step));
        }
    }

    private Outcome make(BuildRef build, String commitSha) {
        step = "fetching the source";
        source.fetchSource(build, commitSha);
        step = "planning the build";
        BuildPlan plan = source.planBuild(build);
        step = "fetching the dependencies";
        nix.prefetchDependencies(build, plan);
        step = "evaluating the build";
        Derivation derivation = nix.evaluateExpression(build, plan);
        step = "building";
        StoreOutput output = nix.realiseDerivation(build, derivation);
        step = "pushing the image";
        PushedImage pushed = images.pushImage(build, output);
        Outcome outcome = finish(build, pushed.digest());
        discardWorkspace(build);
        return outcome;
    }

    private Outcome finish(BuildRef build, ImageDigest image) {
        step = "recording the image";
        images.finishBuild(build, image);
        return new Outcome(SUCCEEDED, Optional.of(image), Optional.empty());
    }

    /** The image is there: a workspace that stays behind, or a cancel that comes now, makes it no worse. */
    private void discardWorkspace(BuildRef build) {
        step = "clearing the workspace";
        Workflow.newDetachedCancellationScope(() -> {
                    try {
                        source.discardWorkspace(build);
                    } catch (ActivityFailure left) {
                        Workflow.getLogger(BuildWorkflowImpl.class).warn("A workspace was left behind", left);
                    }
                })
                .run();
    }

    private Outcome abandon(BuildRef build, Failure reason) {
        step = "clearing away what the build left";
        BuildState end = reason.code() == FailureCode.CANCELLED ? CANCELLED : FAILED;
        // Detached: a cancelled workflow could start no activity in its own scope.
        Workflow.newDetachedCancellationScope(() -> images.abandonBuild(build, end, reason))
                .run();
        return new Outcome(end, Optional.empty(), Optional.of(reason));
    }

    @Override
    public String step() {
        return step;
    }
}
