package dev.berth.local.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** One service of the stack under test. */
record App(RunningBerth berth, String id, String url) implements AutoCloseable {
    private String path() {
        return "/api/containers/services/" + id;
    }

    /** @return the id of the new deployment */
    String deploy() {
        return request("/deploy");
    }

    String rebuild() {
        return request("/rebuild");
    }

    String rollBack() {
        return request("/rollback");
    }

    /** Asks for an operation and waits for its end. */
    JsonNode operated(String action, Map<String, Object> body) {
        return operationEnded(asked(action, body));
    }

    /** @return the id of the operation */
    String asked(String action, Map<String, Object> body) {
        return RunningBerth.expect(202, berth.call("POST", path() + "/" + action, body))
                .get("operationId")
                .asText();
    }

    RunningBerth.Answer ask(String action, Map<String, Object> body) {
        return berth.call("POST", path() + "/" + action, body);
    }

    RunningBerth.Answer askToDelete() {
        return berth.call("DELETE", path(), null);
    }

    JsonNode operation(String operationId) {
        return RunningBerth.expect(200, berth.call("GET", "/api/containers/operations/" + operationId, null));
    }

    JsonNode operationEnded(String operationId) {
        return RunningBerth.await(
                "the end of operation " + operationId,
                RunningBerth.BUILD,
                () -> Optional.of(operation(operationId))
                        .filter(operation -> !operation.get("finishedAt").isNull()));
    }

    /** Deploys and waits for the end, which must be {@code running}. */
    JsonNode deployed() {
        JsonNode deployment = ended(deploy());
        assertThat(deployment.get("status").asText()).as(deployment.toString()).isEqualTo("running");
        return deployment;
    }

    /** Deploys and waits for the end, which must be {@code status}. @return the deployment's id */
    String deployed(String status) {
        JsonNode deployment = ended(deploy());
        assertThat(deployment.get("status").asText()).as(deployment.toString()).isEqualTo(status);
        return deployment.get("id").asText();
    }

    private String request(String action) {
        return RunningBerth.expect(202, berth.call("POST", path() + action, Map.of()))
                .get("deploymentId")
                .asText();
    }

    RunningBerth.Answer look() {
        return berth.call("GET", path(), null);
    }

    JsonNode service() {
        return RunningBerth.expect(200, look());
    }

    JsonNode deployment(String deploymentId) {
        return RunningBerth.expect(200, berth.call("GET", path() + "/deployments/" + deploymentId, null));
    }

    JsonNode build(String buildId) {
        return RunningBerth.expect(200, berth.call("GET", path() + "/builds/" + buildId, null));
    }

    String buildLog(String buildId) {
        return berth.call("GET", path() + "/builds/" + buildId + "/log", null).body();
    }

    void set(String field, Object value) {
        RunningBerth.expect(200, berth.call("PATCH", path(), Map.of(field, value)));
    }

    /** The deployment once it is in a state that it stays in by itself. */
    JsonNode ended(String deploymentId) {
        return RunningBerth.await(
                "the end of deployment " + deploymentId,
                RunningBerth.BUILD,
                () -> Optional.of(deployment(deploymentId))
                        .filter(deployment ->
                                RunningBerth.isTerminal(deployment.get("status").asText())));
    }

    JsonNode awaitStatus(String deploymentId, String status, Duration deadline) {
        return RunningBerth.await(
                status + " of deployment " + deploymentId,
                deadline,
                () -> Optional.of(deployment(deploymentId))
                        .filter(deployment -> deployment.get("status").asText().equals(status)));
    }

    /** Waits until a step of that name is under way and returns the number of its attempt. */
    int awaitStep(String deploymentId, String name) {
        return RunningBerth.await("step " + name, RunningBerth.BUILD, () -> {
            JsonNode deployment = deployment(deploymentId);
            for (JsonNode subject :
                    new JsonNode[] {deployment, build(deployment.get("buildId").asText())}) {
                for (JsonNode step : subject.get("steps")) {
                    if (step.get("name").asText().equals(name)
                            && step.get("status").asText().equals("running")) {
                        return Optional.of(step.get("attempt").asInt());
                    }
                }
            }
            assertThat(deployment.get("status").asText())
                    .as("ended before step %s was seen under way: %s", name, deployment)
                    .matches(status -> !RunningBerth.isTerminal(status));
            return Optional.empty();
        });
    }

    RunningBerth.Answer visit() {
        return berth.visit(url, "/");
    }

    void awaitAnswer(String text, Duration deadline) {
        RunningBerth.await(
                text + " at " + url,
                deadline,
                () -> Optional.of(visit())
                        .filter(answer ->
                                answer.status() == 200 && answer.body().strip().equals(text)));
    }

    void awaitServed(Duration deadline) {
        RunningBerth.await(
                "an answer at " + url, deadline, () -> Optional.of(visit()).filter(answer -> answer.status() == 200));
    }

    /** Every visit until then must be answered so. */
    void keepsAnswering(String text, Instant until) {
        while (Instant.now().isBefore(until)) {
            RunningBerth.Answer answer = visit();
            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            assertThat(answer.body().strip()).isEqualTo(text);
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
    }

    @Override
    public void close() {
        RunningBerth.Answer answer = askToDelete();
        if (answer.status() == 202) {
            String operation = answer.json().get("operationId").asText();
            RunningBerth.await(
                    "the removal of " + url,
                    Duration.ofMinutes(2),
                    () -> Optional.of(berth.call("GET", "/api/containers/operations/" + operation, null))
                            .filter(end -> end.json().get("status").asText().equals("succeeded")));
        }
    }
}
