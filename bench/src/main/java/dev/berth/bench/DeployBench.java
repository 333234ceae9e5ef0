package dev.berth.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * What a deployment of a ready image costs beside raw Swarm: two replicas, the same image, network and health check.
 *
 * <p>a and d end when the new answer came through the edge; b when all replicas are healthy; c when Docker's own command says
 * that the update has converged.
 */
final class DeployBench {
    private static final int RUNS = 7;
    private static final String REPLICAS = "2";
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
        Raw raw = Raw.like(docker, swarmServiceOf(currentDeployment()));
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
        boolean kept = limit("a - b", a - b, 1.0, " s")
                & limit("a / b", a / b, 1.35, "")
                & limit("a / c1", a / monitored.median(), 0.5, "")
                & limit("d", rollback.median(), 0.8, " s");
        System.out.printf(Locale.ROOT, "a / c2  %.2f%n", a / unmonitored.median());
        return kept;
    }

    private static boolean limit(String name, double value, double limit, String unit) {
        boolean kept = value <= limit;
        System.out.printf(
                Locale.ROOT,
                "%-7s %.2f%s   limit %.2f%s   %s%n",
                name,
                value,
                unit,
                limit,
                unit,
                kept ? "kept" : "MISSED");
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

    /** A Swarm service that differs from Berth's only in who made it. */
    private record Raw(Docker docker, String image, String network, String interval, String probe) {
        private static final String NAME = "berth-bench-raw";

        /** A run that was cut off may have left one. */
        static Raw like(Docker docker, String swarmService) throws IOException, InterruptedException {
            if (!docker.run("service", "ls", "--quiet", "--filter", "name=" + NAME)
                    .isEmpty()) {
                docker.run("service", "rm", NAME);
            }
            String task = "{{with .Spec.TaskTemplate}}";
            return new Raw(
                    docker,
                    inspect(docker, swarmService, task + "{{.ContainerSpec.Image}}{{end}}"),
                    inspect(docker, swarmService, task + "{{(index .Networks 0).Target}}{{end}}"),
                    inspect(docker, swarmService, task + "{{.ContainerSpec.Healthcheck.Interval}}{{end}}"),
                    inspect(
                            docker,
                            swarmService,
                            task + "{{join (slice .ContainerSpec.Healthcheck.Test 1) \" \"}}{{end}}"));
        }

        private static String inspect(Docker docker, String service, String format)
                throws IOException, InterruptedException {
            return docker.run("service", "inspect", "--format", format, service);
        }

        void createAndAwait() throws IOException, InterruptedException {
            docker.run(
                    "service",
                    "create",
                    "--detach",
                    "--no-resolve-image",
                    "--name",
                    NAME,
                    "--replicas",
                    REPLICAS,
                    "--network",
                    network,
                    "--endpoint-mode",
                    "dnsrr",
                    "--env",
                    "PORT=8080",
                    "--user",
                    "1000",
                    "--health-cmd",
                    probe,
                    "--health-interval",
                    interval,
                    image);
            long deadline = System.nanoTime() + DEADLINE.toNanos();
            while (!docker.run("service", "ls", "--filter", "name=" + NAME, "--format", "{{.Replicas}}")
                    .startsWith(REPLICAS + "/")) {
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException("The raw service never got healthy");
                }
                LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
            }
        }

        void update(String monitor) throws IOException, InterruptedException {
            docker.run(
                    "service",
                    "update",
                    "--quiet",
                    "--no-resolve-image",
                    "--update-order",
                    "start-first",
                    "--update-monitor",
                    monitor,
                    "--env-add",
                    "BENCH=" + System.nanoTime(),
                    NAME);
        }

        /** Returns when its containers are gone, so that their end burdens nobody's beginning. */
        void removeAndAwait() throws IOException, InterruptedException {
            docker.run("service", "rm", NAME);
            Stack.await(
                    DEADLINE,
                    "the end of the raw containers",
                    () -> docker.run("ps", "--quiet", "--filter", "label=com.docker.swarm.service.name=" + NAME)
                            .isEmpty());
        }
    }
}
