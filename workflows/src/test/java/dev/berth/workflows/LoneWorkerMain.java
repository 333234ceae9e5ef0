package dev.berth.workflows;

import dev.berth.workflows.payload.Payloads;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.worker.WorkerFactory;

/** A worker process that comes as far as waiting for health, says so on its output, and stays there until it is killed. */
final class LoneWorkerMain {
    private LoneWorkerMain() {}

    /** Arguments: address and namespace of Temporal. */
    public static void main(String[] arguments) {
        World world = new World();
        Hold hold = world.holds("awaitHealthy");
        WorkflowClient client = WorkflowClient.newInstance(
                WorkflowServiceStubs.newServiceStubs(WorkflowServiceStubsOptions.newBuilder()
                        .setTarget(arguments[0])
                        .build()),
                WorkflowClientOptions.newBuilder()
                        .setNamespace(arguments[1])
                        .setDataConverter(Payloads.sealed(RealTemporalTests.KEY))
                        .build());
        WorkerFactory factory = WorkerFactory.newInstance(client);
        Stage.employ(factory, world);
        factory.start();
        hold.awaitEntry();
        System.out.println("holding");
    }
}
