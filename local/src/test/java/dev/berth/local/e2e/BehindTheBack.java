package dev.berth.local.e2e;

import dev.berth.store.Migrations;
import dev.berth.store.Tenancy;
import io.temporal.client.WorkflowClient;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What somebody with the database's password, Docker's socket or Temporal's address can do to the stack under test. */
final class BehindTheBack implements AutoCloseable {
    private final DataSource source = Migrations.dataSource(RunningBerth.variable("BERTH_TEST_DATABASE"));
    private final JdbcClient jdbc = JdbcClient.create(source);
    private final Tenancy tenancy = new Tenancy(source);
    private final WorkflowServiceStubs temporal =
            WorkflowServiceStubs.newServiceStubs(WorkflowServiceStubsOptions.newBuilder()
                    .setTarget(RunningBerth.variable("BERTH_TEST_TEMPORAL"))
                    .build());
    private final WorkflowClient client = WorkflowClient.newInstance(temporal);

    /** @return how many rows were changed */
    int change(String statement, Object... parameters) {
        return tenancy.asPlatform(
                "somebody with a password",
                () -> jdbc.sql(statement).params(parameters).update());
    }

    /** The first column of all rows, as text. */
    List<String> ask(String question, Object... parameters) {
        return tenancy.asPlatform(
                "somebody with a password",
                () -> jdbc.sql(question)
                        .params(parameters)
                        .query((row, number) ->
                                Optional.ofNullable(row.getString(1)).orElse(""))
                        .list());
    }

    void terminate(String workflowId) {
        client.newUntypedWorkflowStub(workflowId).terminate("by hand");
    }

    /** How Swarm names the service of a deployment. */
    static String swarmName(String deployment) {
        return "b-" + deployment.substring(deployment.length() - 12);
    }

    static UUID id(String text) {
        return UUID.fromString(text);
    }

    @Override
    public void close() {
        temporal.shutdownNow();
    }
}
