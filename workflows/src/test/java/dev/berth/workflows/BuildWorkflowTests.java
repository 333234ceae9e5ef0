package dev.berth.workflows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.domain.BuildRef;
import dev.berth.domain.BuildState;
import dev.berth.domain.Failure;
import dev.berth.domain.FailureCode;
import io.temporal.client.WorkflowClient;
import io.temporal.failure.CanceledFailure;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class BuildWorkflowTests {
    private final World world = new World();
    private final Stage stage = new Stage(world);
    private final BuildRef build = stage.newBuild();

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void turnsACommitIntoAnImage() {
        BuildWorkflow.Outcome outcome = build();
        assertThat(outcome.image()).contains(World.IMAGE);
        assertThat(world.effects)
                .containsExactly(
                        "resolveCommit",
                        "fetchSource",
                        "planBuild",
                        "prefetchDependencies",
                        "evaluateExpression",
                        "realiseDerivation",
                        "pushImage",
                        "finishBuild",
                        "discardWorkspace");
        stage.keepHistory("build", "succeeds", build.workflowId());
    }

    @Test
    void findsTheImageOfTheSameInputsInsteadOfMakingItAgain() {
        world.earlierImage = Optional.of(World.IMAGE);
        assertThat(build().image()).contains(World.IMAGE);
        assertThat(world.effects).containsExactly("resolveCommit", "finishBuild");
        stage.keepHistory("build", "reuses", build.workflowId());
    }

    @Test
    void saysWhyTheUsersCodeDidNotBuildAndLeavesNothingBehind() {
        world.fails("realiseDerivation", FailureCode.BUILD_SCRIPT_FAILED);
        BuildWorkflow.Outcome outcome = build();
        assertThat(outcome.state()).isEqualTo(BuildState.FAILED);
        assertThat(outcome.failure().orElseThrow())
                .isEqualTo(Failure.of(FailureCode.BUILD_SCRIPT_FAILED, "realiseDerivation failed", "mend it"));
        assertThat(world.effects).endsWith("evaluateExpression", "abandonBuild");
        stage.keepHistory("build", "fails", build.workflowId());
    }

    @Test
    void triesAgainWhatFailedForNoFaultOfTheUser() {
        AtomicInteger attempts = new AtomicInteger();
        world.when("pushImage", () -> {
            if (attempts.incrementAndGet() < 3) {
                throw new IllegalStateException("the registry is away");
            }
        });
        assertThat(build().state()).isEqualTo(BuildState.SUCCEEDED);
        assertThat(attempts).hasValue(3);
    }

    @Test
    void givesUpOnThePlatformsOwnTroubleWithoutRepeatingItsWords() {
        world.when("fetchSource", () -> {
            throw new IllegalStateException("https://user:secret@git.example.org is away");
        });
        Failure failure = build().failure().orElseThrow();
        assertThat(failure.code()).isEqualTo(FailureCode.PLATFORM);
        assertThat(failure.toString()).contains("fetching the source").doesNotContain("secret");
    }

    @Test
    void endsCancelledOnlyAfterTheRunningStepHasEnded() {
        Hold hold = world.holds("realiseDerivation");
        BuildWorkflow workflow = stage.stub(BuildWorkflow.class, build.workflowId());
        var running = WorkflowClient.execute(workflow::build, request());
        hold.awaitEntry();
        stage.workflow(build.workflowId()).cancel();
        assertThatThrownBy(running::join).rootCause().isInstanceOf(CanceledFailure.class);
        assertThat(world.effects).endsWith("evaluateExpression", "abandonBuild");
        assertThat(world.builds).containsEntry(build.buildId(), BuildState.CANCELLED);
        stage.keepHistory("build", "cancelled", build.workflowId());
    }

    @Test
    void keepsTheImageWhenTheWorkspaceCannotBeCleared() {
        world.when("discardWorkspace", () -> {
            throw new IllegalStateException("disk is read-only");
        });
        assertThat(build().state()).isEqualTo(BuildState.SUCCEEDED);
    }

    private BuildWorkflow.Request request() {
        return new BuildWorkflow.Request(build, BuildWorkflow.Reuse.EARLIER_BUILD);
    }

    private BuildWorkflow.Outcome build() {
        return stage.stub(BuildWorkflow.class, build.workflowId()).build(request());
    }
}
