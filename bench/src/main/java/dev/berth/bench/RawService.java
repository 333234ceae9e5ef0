package dev.berth.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** A Swarm service that differs from Berth's only in who made it. */
record RawService(Docker docker, String image, String network, JsonNode health) {
    private static final String NAME = "berth-bench-raw";
    private static final String REPLICAS = "2";
    private static final Duration DEADLINE = Duration.ofSeconds(90);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, String> DURATIONS = Map.of(
            "Interval", "--health-interval",
            "StartInterval", "--health-start-interval",
            "StartPeriod", "--health-start-period",
            "Timeout", "--health-timeout");

    /** A run that was cut off may have left one. */
    static RawService like(Docker docker, String swarmService) throws IOException, InterruptedException {
        if (!docker.run("service", "ls", "--quiet", "--filter", "name=" + NAME).isEmpty()) {
            docker.run("service", "rm", NAME);
        }
        String task = "{{with .Spec.TaskTemplate}}";
        return new RawService(
                docker,
                inspect(docker, swarmService, task + "{{.ContainerSpec.Image}}{{end}}"),
                inspect(docker, swarmService, task + "{{(index .Networks 0).Target}}{{end}}"),
                JSON.readTree(inspect(docker, swarmService, task + "{{json .ContainerSpec.Healthcheck}}{{end}}")));
    }

    private static String inspect(Docker docker, String service, String format)
            throws IOException, InterruptedException {
        return docker.run("service", "inspect", "--format", format, service);
    }

    void createAndAwait() throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
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
                "1000"));
        command.addAll(probing());
        command.add(image);
        docker.run(command.toArray(String[]::new));
        awaitReplicas(REPLICAS + "/" + REPLICAS);
    }

    /** The same probe as often, also while it starts: engines before 25.0 have no interval of their own for that. */
    private List<String> probing() {
        List<String> words = new ArrayList<>();
        health.path("Test").forEach(word -> words.add(word.asText()));
        List<String> options =
                new ArrayList<>(List.of("--health-cmd", String.join(" ", words.subList(1, words.size()))));
        DURATIONS.forEach((field, option) -> {
            if (health.path(field).asLong() > 0) {
                options.addAll(List.of(option, health.path(field).asLong() + "ns"));
            }
        });
        options.addAll(List.of("--health-retries", health.path("Retries").asText()));
        return options;
    }

    /** As {@code docker service scale --detach}, until Docker's own list shows that many and no others. */
    void scaleAndAwait(int replicas) throws IOException, InterruptedException {
        docker.run("service", "scale", "--detach", NAME + "=" + replicas);
        awaitReplicas(replicas + "/" + replicas);
    }

    private void awaitReplicas(String wanted) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + DEADLINE.toNanos();
        while (!docker.run("service", "ls", "--filter", "name=" + NAME, "--format", "{{.Replicas}}")
                .startsWith(wanted)) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("The raw service never had " + wanted);
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
