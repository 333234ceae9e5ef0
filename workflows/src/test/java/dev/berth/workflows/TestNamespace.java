package dev.berth.workflows;

import com.google.protobuf.util.Durations;
import dev.berth.workflows.payload.PayloadKey;
import dev.berth.workflows.payload.Payloads;
import io.temporal.api.workflowservice.v1.RegisterNamespaceRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.testing.TestEnvironmentOptions;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.awaitility.Awaitility;

/** A namespace of this JVM's own on the real server: nobody else's workers poll it. */
final class TestNamespace {
    static final PayloadKey KEY = PayloadKey.of(new byte[32]);
    private static final String ADDRESS = System.getenv("BERTH_TEST_TEMPORAL");
    private static Optional<String> registered = Optional.empty();

    private TestNamespace() {}

    static synchronized String name() {
        String name = registered.orElseGet(TestNamespace::register);
        registered = Optional.of(name);
        return name;
    }

    private static String register() {
        String name = "test-" + UUID.randomUUID();
        WorkflowServiceStubs service = WorkflowServiceStubs.newServiceStubs(
                WorkflowServiceStubsOptions.newBuilder().setTarget(ADDRESS).build());
        service.blockingStub()
                .registerNamespace(RegisterNamespaceRequest.newBuilder()
                        .setNamespace(name)
                        .setWorkflowExecutionRetentionPeriod(Durations.fromDays(1))
                        .build());
        WorkflowClient client = WorkflowClient.newInstance(
                service, WorkflowClientOptions.newBuilder().setNamespace(name).build());
        // The server's parts learn of a new namespace one after the other.
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .ignoreExceptions()
                .until(() ->
                        client.listExecutions("WorkflowType = 'none'").findAny().isEmpty());
        service.shutdownNow();
        return name;
    }

    static Stage stage(World world) {
        Stage stage = outside(world);
        stage.employWorkers();
        return stage;
    }

    /** Without workers yet. */
    static Stage outside(World world) {
        return new Stage(
                world,
                TestEnvironmentOptions.newBuilder()
                        .setUseExternalService(true)
                        .setTarget(ADDRESS)
                        .setWorkflowClientOptions(WorkflowClientOptions.newBuilder()
                                .setNamespace(name())
                                .setDataConverter(Payloads.sealed(KEY))
                                .build())
                        .build());
    }
}
