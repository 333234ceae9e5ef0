package dev.berth.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.domain.FailureCode;
import dev.berth.domain.OperationState;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class DeleteWorkflowTests {
    private final World world = new World();
    private final Stage stage = new Stage(world);
    private final DeleteWorkflow.Request request = new DeleteWorkflow.Request(stage.newOperation(), Optional.empty());

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void removesTheRouteBeforeWhatAnswersBehindIt() {
        delete();
        assertThat(world.effects)
                .containsExactly("removeRoute", "removeRevisions", "removeImages", "forgetService", "finishOperation");
        assertThat(operationEnd()).isEqualTo(OperationState.SUCCEEDED);
        stage.keepHistory("delete", "succeeds", request.workflowId());
        stage.keepHistory("delete", "succeeds-for-good", request.workflowId());
    }

    @Test
    void saysThatItFailedAndKeepsTheRowsSoThatItCanBeAskedAgain() {
        world.fails("removeImages", FailureCode.PLATFORM);
        delete();
        assertThat(world.effects).doesNotContain("forgetService");
        assertThat(operationEnd()).isEqualTo(OperationState.FAILED);
        stage.keepHistory("delete", "fails", request.workflowId());
    }

    private void delete() {
        stage.stub(DeleteWorkflow.class, request.workflowId()).delete(request);
    }

    private OperationState operationEnd() {
        return world.ends.get(request.operation().operationId());
    }
}
