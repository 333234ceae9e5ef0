package dev.berth.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/**
 * What a deployment of a ready image costs beside raw Swarm: two replicas, the same image, network and health check.
 *
 * <p>a and d end when the new answer came through the edge; b when all replicas are healthy; c when Docker's own command says
 * that the update has converged.
 */
final class DeployBench {
    private static final int RUNS = 7;
    private static final Duration DEADLINE = Duration.ofSeconds(90);

    private final Stack stack;
    private final Docker docker;
    private final String service;
    private final String url;

    private DeployBench(Stack stack, JsonNode service) {
        this.stack = stack;
        this.docker = new Docker(stack.dockerHost());
        this.service = "/api/containers/services/" + service.get("id").asText();
        this.url = service.get("url").asText();
    }

    /** Limits: issue "From a Git repository to a URL", bench figures. */
    static boolean run(Stack stack) throws Exception {
        String name = "bench-" + Long.toString(System.nanoTime(), 36);
        JsonNode service = stack.call(
                "POST",
                "/api/containers/services",
                Map.of("name", name, "gitUrl", stack.gitUrl(), "replicas", 2, "healthPath", "/health"));
        DeployBench bench = new DeployBench(stack, service);
        try {
            return bench.measure();
        } finally {
            stack.call("DELETE", bench.service, Map.of());
        }
    }

    private boolean measure() throws Exception {
        deploy("first");
        deploy("second");
        RawService raw = RawService.like(docker, swarmServiceOf(currentDeployment()));
        Samples deploy = new Samples("a  Berth deploy of a ready image, request to served");
        Samples create = new Samples("b  docker service create --detach, until all are healthy");
        Samples monitored = new Samples("c1 docker service update start-first, default monitor");
        Samples unmonitored = new Samples("c2 docker service update start-first, monitor 1 ms");
        Samples rollback = new Samples("d  Berth roll-back, warm");
        String before = currentDeployment();
        String beforeAnswer = "second";
        for (int run = 1; run <= RUNS; run++) {
            String answer = "run " + run;
            awaitRest(before);
            create.time(raw::createAndAwait);
            monitored.time(() -> raw.update("5s"));
            unmonitored.time(() -> raw.update("1ms"));
            raw.removeAndAwait();
            greet(answer);
            String[] operation = new String[1];
            deploy.time(() -> operation[0] = request("/deploy", Map.of(), answer));
            stack.awaitOperation(operation[0], DEADLINE);
            Map<String, String> target = Map.of("deploymentId", before);
            String answerBefore = beforeAnswer;
            rollback.time(() -> operation[0] = request("/rollback", target, answerBefore));
            stack.awaitOperation(operation[0], DEADLINE);
            deploy(answer + " again");
            before = currentDeployment();
            beforeAnswer = answer + " again";
            System.out.printf("run %d of %d%n", run, RUNS);
        }
        return report(deploy, create, monitored, unmonitored, rollback);
    }

    private static boolean report(
            Samples deploy, Samples create, Samples monitored, Samples unmonitored, Samples rollback) {
        System.out.printf("%n%s%n%s%n%s%n%s%n%s%n%n", deploy, create, monitored, unmonitored, rollback);
        double a = deploy.median();
        double b = create.median();
        boolean kept = Limits.check("a - b", a - b, 1.0, " s")
                & Limits.check("a / b", a / b, 1.35, "")
                & Limits.check("a / c1", a / monitored.median(), 0.5, "")
                & Limits.check("d", rollback.median(), 0.8, " s");
        System.out.printf(Locale.ROOT, "a / c2  %.2f%n", a / unmonitored.median());
        return kept;
    }

    private void deploy(String answer) throws Exception {
        greet(answer);
        stack.awaitOperation(request("/deploy", Map.of(), answer), DEADLINE);
    }

    /** Returns when the deployment has outlived its soak and what it replaced is retired: nothing of Berth is at work. */
    private void awaitRest(String deployment) throws InterruptedException {
        Stack.await(DEADLINE, "the end of the soak", () -> {
            String proof = "";
            for (JsonNode step : stack.call("GET", service + "/deployments/" + deployment, Map.of())
                    .get("steps")) {
                proof = step.get("name").asText().equals("prove")
                        ? step.get("status").asText()
                        : proof;
            }
            return proof.equals("succeeded");
        });
    }

    /** The answer is configuration, so the commit stays the same and its image is ready. */
    private void greet(String answer) throws Exception {
        stack.call("PATCH", service, Map.of("env", Map.of("GREETING", answer)));
    }

    /** @return the operation's id, once {@code answer} came through the edge */
    private String request(String action, Map<String, String> body, String answer) throws Exception {
        String operation =
                stack.call("POST", service + action, body).get("operationId").asText();
        stack.awaitAnswer(url, answer, DEADLINE);
        return operation;
    }

    private String currentDeployment() throws IOException, InterruptedException {
        return stack.call("GET", service, Map.of()).get("currentDeploymentId").asText();
    }

    private String swarmServiceOf(String deployment) throws IOException, InterruptedException {
        return docker.run("service", "ls", "--quiet", "--filter", "label=berth.deployment=" + deployment);
    }
}
