package dev.berth.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/**
 * What start, stop, scale and a cold roll-back cost beside raw Swarm: the same image, network and health check.
 *
 * <p>Berth's side ends when what was asked for was seen from outside: the answer, or the stopped page, through the edge; the
 * replicas in Docker's list. The raw side ends when Docker's list shows the replicas, asked every 100 ms.
 */
final class OperationsBench {
    private static final int RUNS = 5;
    private static final Duration DEADLINE = Duration.ofSeconds(90);
    private static final String ANSWER = "operations";
    private static final String EARLIER = "an earlier version";

    private final Stack stack;
    private final Docker docker;
    private final String service;
    private final String url;

    private OperationsBench(Stack stack, JsonNode service) {
        this.stack = stack;
        this.docker = new Docker(stack.dockerHost());
        this.service = "/api/containers/services/" + service.get("id").asText();
        this.url = service.get("url").asText();
    }

    /** Limits: issue "Every operation survives every crash", Speed. */
    static boolean run(Stack stack) throws Exception {
        String name = "bench-" + Long.toString(System.nanoTime(), 36);
        JsonNode service = stack.call(
                "POST",
                "/api/containers/services",
                Map.of(
                        "name",
                        name,
                        "gitUrl",
                        stack.gitUrl(),
                        "replicas",
                        2,
                        "healthPath",
                        "/health",
                        "soakSeconds",
                        0));
        OperationsBench bench = new OperationsBench(stack, service);
        try {
            return bench.measure();
        } finally {
            stack.call("DELETE", bench.service, Map.of());
        }
    }

    private boolean measure() throws Exception {
        deploy(EARLIER);
        String earlier = currentDeployment();
        deploy(ANSWER);
        String current = currentDeployment();
        RawService raw = RawService.like(docker, swarmServiceOf(current));
        raw.createAndAwait();
        Samples start = new Samples("Berth start, until the app answers");
        Samples stop = new Samples("Berth stop, until the stopped page is served");
        Samples scale = new Samples("Berth scale 2 to 4, until all are healthy");
        Samples cold = new Samples("Berth roll-back, cold, until the app answers");
        Samples rawUp = new Samples("docker service scale --detach, 0 to 2");
        Samples rawDown = new Samples("docker service scale --detach, 2 to 0");
        Samples rawMore = new Samples("docker service scale --detach, 2 to 4");
        for (int run = 1; run <= RUNS; run++) {
            rawDown.time(() -> raw.scaleAndAwait(0));
            rawUp.time(() -> raw.scaleAndAwait(2));
            rawMore.time(() -> raw.scaleAndAwait(4));
            raw.scaleAndAwait(2);
            awaitReplicas(current, "2/2");
            stop.time(() -> {
                request("/stop", Map.of());
                stack.awaitStatus(url, 503, DEADLINE);
            });
            awaitReplicas(current, "0/0");
            start.time(() -> {
                request("/start", Map.of());
                stack.awaitAnswer(url, ANSWER, DEADLINE);
            });
            scale.time(() -> {
                request("/scale", Map.of("replicas", 4));
                awaitReplicas(current, "4/4");
            });
            finished(request("/scale", Map.of("replicas", 2)));
            awaitReplicas(current, "2/2");
            awaitReplicas(earlier, "0/0");
            String[] back = new String[1];
            cold.time(() -> {
                back[0] = request("/rollback", Map.of("deploymentId", earlier));
                stack.awaitAnswer(url, EARLIER, DEADLINE);
            });
            // The edge serves it some milliseconds before the rows say so, and until then the other "serves already".
            finished(back[0]);
            finished(request("/rollback", Map.of("deploymentId", current)));
            stack.awaitAnswer(url, ANSWER, DEADLINE);
            awaitReplicas(earlier, "0/0");
            System.out.printf("run %d of %d%n", run, RUNS);
        }
        raw.removeAndAwait();
        System.out.printf("%n%s%n%s%n%s%n%s%n%s%n%s%n%s%n%n", stop, rawDown, start, rawUp, scale, rawMore, cold);
        return Limits.check("stop - raw", stop.median() - rawDown.median(), 1.0, " s")
                & Limits.check("start - raw", start.median() - rawUp.median(), 1.0, " s")
                & Limits.check("scale - raw", scale.median() - rawMore.median(), 1.0, " s")
                & Limits.check("cold / raw", cold.median() / rawUp.median(), 1.3, "");
    }

    private void deploy(String answer) throws Exception {
        stack.call("PATCH", service, Map.of("env", Map.of("GREETING", answer)));
        String operation = request("/deploy", Map.of());
        finished(operation);
        stack.awaitAnswer(url, answer, DEADLINE);
    }

    private String request(String action, Map<String, ?> body) throws IOException, InterruptedException {
        return stack.call("POST", service + action, body).get("operationId").asText();
    }

    private void finished(String operation) throws InterruptedException {
        stack.awaitOperation(operation, DEADLINE);
    }

    private void awaitReplicas(String deployment, String wanted) throws InterruptedException {
        Stack.await(
                DEADLINE,
                wanted + " replicas",
                () -> docker.run(
                                "service",
                                "ls",
                                "--filter",
                                "label=berth.deployment=" + deployment,
                                "--format",
                                "{{.Replicas}}")
                        .equals(wanted));
    }

    private String currentDeployment() throws IOException, InterruptedException {
        return stack.call("GET", service, Map.of()).get("currentDeploymentId").asText();
    }

    private String swarmServiceOf(String deployment) throws IOException, InterruptedException {
        return docker.run("service", "ls", "--quiet", "--filter", "label=berth.deployment=" + deployment);
    }
}
