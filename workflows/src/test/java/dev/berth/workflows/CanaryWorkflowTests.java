package dev.berth.workflows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.domain.DeploymentRef;
import dev.berth.domain.DeploymentState;
import dev.berth.domain.FailureCode;
import dev.berth.domain.OperationState;
import io.temporal.client.WorkflowClient;
import io.temporal.failure.CanceledFailure;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a deployment does between being healthy and having all of the traffic, where it is to have a part first. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class CanaryWorkflowTests {
    private static final int MOST_EVENTS = 200;

    private final World world = new World();
    private final Stage stage = new Stage(world);
    private final DeployWorkflow.Request request = stage.deployRequest();
    private DeploymentRef before = request.deployment();

    @BeforeEach
    void serveAnother() {
        before = stage.provenDeployment();
        world.canary = true;
    }

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void getsAllOfTheTrafficWhenSomebodyPromotesIt() {
        CompletableFuture<DeployWorkflow.Outcome> running = startAndAwaitTheWait();
        assertThat(world.sharing).contains(request.deployment().deploymentId());
        assertThat(world.serving).contains(before.deploymentId());
        told().promote();
        assertThat(running.join().state()).isEqualTo(DeploymentState.RUNNING);
        assertThat(world.effects)
                .containsSubsequence(
                        "awaitHealthy", "beginCanary", "settleCanary", "routeTraffic", "finishOperation", "prove");
        assertThat(world.serving).contains(request.deployment().deploymentId());
        assertThat(end()).isEqualTo(OperationState.SUCCEEDED);
        assertThat(events()).isLessThan(MOST_EVENTS);
        keepHistory("canary-promoted");
    }

    @Test
    void losesItsPartWhenSomebodyAbortsIt() {
        world.fails("settleCanary", FailureCode.CANCELLED);
        CompletableFuture<DeployWorkflow.Outcome> running = startAndAwaitTheWait();
        told().abort();
        assertThat(running.join().state()).isEqualTo(DeploymentState.CANCELLED);
        assertLeftToTheOther();
        assertThat(end()).isEqualTo(OperationState.CANCELLED);
        keepHistory("canary-aborted");
    }

    @Test
    void losesItsPartByItsErrors() {
        world.fails("settleCanary", FailureCode.CANARY_ERRORS);
        assertThat(start(request).join().state()).isEqualTo(DeploymentState.FAILED);
        assertThat(world.effects).endsWith("awaitHealthy", "beginCanary", "watchCanary", "withdraw", "finishOperation");
        assertLeftToTheOther();
        assertThat(end()).isEqualTo(OperationState.FAILED);
        assertThat(world.failures.get(request.deployment().deploymentId()).code())
                .isEqualTo(FailureCode.CANARY_ERRORS);
        keepHistory("canary-aborted-by-errors");
    }

    @Test
    void isDecidedWhenItsTimeIsUp() {
        world.hold = Duration.ofSeconds(1);
        world.holds("watchCanary");
        assertThat(start(request).join().state()).isEqualTo(DeploymentState.RUNNING);
        assertThat(world.effects).containsSubsequence("beginCanary", "settleCanary", "routeTraffic");
        keepHistory("canary-time-is-up");
    }

    @Test
    void keepsItsPartUntilItsTimeIsUpWhenNobodyCanWatchIt() {
        world.fails("watchCanary", FailureCode.PLATFORM);
        long begin = stage.now();
        assertThat(start(request).join().state()).isEqualTo(DeploymentState.RUNNING);
        assertThat(Duration.ofMillis(stage.now() - begin)).isGreaterThanOrEqualTo(world.hold);
        keepHistory("canary-unwatched");
    }

    @Test
    void isUndoneByACancelWhileItWaits() {
        CompletableFuture<DeployWorkflow.Outcome> running = startAndAwaitTheWait();
        stage.workflow(request.deployment().workflowId()).cancel();
        assertThat(closedAsCancelled(running)).isEqualTo(DeploymentState.CANCELLED);
        assertThat(world.effects).doesNotContain("settleCanary");
        assertLeftToTheOther();
        assertThat(end()).isEqualTo(OperationState.CANCELLED);
        keepHistory("canary-cancelled");
    }

    @Test
    void isUndoneWhereTheEdgeDoesNotServeItsPart() {
        world.fails("beginCanary", FailureCode.ROUTE_NOT_SERVED);
        assertThat(start(request).join().state()).isEqualTo(DeploymentState.FAILED);
        assertLeftToTheOther();
    }

    @Test
    void takesAllOfTheTrafficWhereNothingElseServes() {
        world.serving = Optional.empty();
        assertThat(start(request).join().state()).isEqualTo(DeploymentState.RUNNING);
        assertThat(world.effects)
                .containsSubsequence("beginCanary", "routeTraffic")
                .doesNotContain("watchCanary");
        keepHistory("canary-of-nothing");
    }

    @Test
    void waitsOnThroughTheDeathOfItsWorker() {
        CompletableFuture<DeployWorkflow.Outcome> running = startAndAwaitTheWait();
        Hold watched = world.holds("watchCanary");
        stage.replaceWorkers();
        watched.awaitEntry();
        told().promote();
        assertThat(running.join().state()).isEqualTo(DeploymentState.RUNNING);
        assertThat(world.effects.stream().filter("beginCanary"::equals)).hasSize(1);
    }

    @Test
    void endsTheSoakOfWhatServesBeforeItSharesItsTraffic() {
        Hold soak = world.holds("watchSoak");
        world.canary = false;
        CompletableFuture<DeployWorkflow.Outcome> earlier = start(request);
        soak.awaitEntry();
        world.canary = true;
        DeployWorkflow.Request next = new DeployWorkflow.Request(
                stage.newOperation(),
                stage.newDeployment(),
                Optional.empty(),
                request.reuse(),
                Optional.of(request.deployment().workflowId()));
        world.when("beginCanary", () -> assertThat(earlier).isCompleted());
        world.when("watchSoak", () -> {});
        assertThat(start(next).join().state()).isEqualTo(DeploymentState.RUNNING);
        assertThat(world.effects).containsSubsequence("awaitWorkflow", "beginCanary", "settleCanary", "routeTraffic");
        stage.keepHistory("deploy", "canary-after-a-soak", next.deployment().workflowId());
    }

    @Test
    void aCancelThatComesTooEarlyForTheWaitIsHeard() {
        Hold beginning = world.holds("beginCanary");
        CompletableFuture<DeployWorkflow.Outcome> running = start(request);
        beginning.awaitEntry();
        stage.workflow(request.deployment().workflowId()).cancel();
        assertThat(closedAsCancelled(running)).isEqualTo(DeploymentState.CANCELLED);
        assertLeftToTheOther();
    }

    /** Temporal closes a cancelled workflow as cancelled; what became of the deployment stands in its row. */
    private DeploymentState closedAsCancelled(CompletableFuture<DeployWorkflow.Outcome> running) {
        assertThatThrownBy(running::join).rootCause().isInstanceOf(CanceledFailure.class);
        return world.states.get(request.deployment().deploymentId());
    }

    private CompletableFuture<DeployWorkflow.Outcome> startAndAwaitTheWait() {
        Hold watched = world.holds("watchCanary");
        CompletableFuture<DeployWorkflow.Outcome> running = start(request);
        watched.awaitEntry();
        return running;
    }

    private CompletableFuture<DeployWorkflow.Outcome> start(DeployWorkflow.Request asked) {
        DeployWorkflow workflow =
                stage.stub(DeployWorkflow.class, asked.deployment().workflowId());
        return WorkflowClient.execute(workflow::deploy, asked);
    }

    private DeployWorkflow told() {
        return stage.client()
                .newWorkflowStub(DeployWorkflow.class, request.deployment().workflowId());
    }

    private void assertLeftToTheOther() {
        assertThat(world.serving).contains(before.deploymentId());
        assertThat(world.sharing).isEmpty();
        assertThat(world.effects).contains("withdraw").doesNotContain("routeTraffic", "routeBack");
    }

    private OperationState end() {
        return world.ends.get(request.operation().operationId());
    }

    private int events() {
        return stage.client()
                .fetchHistory(request.deployment().workflowId())
                .getEvents()
                .size();
    }

    private void keepHistory(String scenario) {
        stage.keepHistory("deploy", scenario, request.deployment().workflowId());
    }
}
