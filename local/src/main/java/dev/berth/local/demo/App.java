package dev.berth.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.local.LocalFailure;
import dev.berth.local.supervise.Pause;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The demonstration's service, seen through the API. */
final class App {
    private static final String SERVICES = "/api/containers/services";

    private final Api api;
    private final String id;

    private App(Api api, String id) {
        this.api = api;
        this.id = id;
    }

    /** The service of that name, created where there is none. */
    static App named(Api api, String name, String gitUrl) throws IOException {
        for (JsonNode service : api.get(SERVICES + "?limit=100&search=" + name).path("items")) {
            if (service.path("slug").asText().equals(name)) {
                App app = new App(api, service.path("id").asText());
                api.patch(app.path(), Map.of("gitUrl", gitUrl));
                return app;
            }
        }
        JsonNode created = api.post(
                SERVICES,
                Map.of("name", name, "slug", name, "gitUrl", gitUrl, "healthPath", "/health", "memoryLimitMb", 128));
        return new App(api, created.path("id").asText());
    }

    private String path() {
        return SERVICES + "/" + id;
    }

    JsonNode service() throws IOException {
        return api.get(path());
    }

    URI url() throws IOException {
        return URI.create(service().path("url").asText());
    }

    /** @return the id of the new deployment */
    String deploy() throws IOException {
        return api.post(path() + "/deploy", Map.of()).path("deploymentId").asText();
    }

    void rollBack(String deployment) throws IOException {
        api.post(path() + "/rollback", Map.of("deploymentId", deployment));
    }

    /** Waits until a step of the deployment has succeeded. */
    void awaitStep(String deployment, String name, Duration deadline) throws IOException {
        Instant end = Instant.now().plus(deadline);
        while (!hasSucceeded(deployment, name)) {
            if (Instant.now().isAfter(end)) {
                throw new LocalFailure("The deployment never came to the step '" + name + "'.");
            }
            Pause.milliseconds(200);
        }
    }

    private boolean hasSucceeded(String deployment, String name) throws IOException {
        for (JsonNode step : deployment(deployment).path("steps")) {
            if (step.path("name").asText().equals(name)
                    && step.path("status").asText().equals("succeeded")) {
                return true;
            }
        }
        return false;
    }

    JsonNode deployment(String deployment) throws IOException {
        return api.get(path() + "/deployments/" + deployment);
    }

    JsonNode build(String build) throws IOException {
        return api.get(path() + "/builds/" + build);
    }

    /** Waits until the deployment is in one of those states. */
    JsonNode await(String deployment, List<String> states, Duration limit) throws IOException {
        Instant deadline = Instant.now().plus(limit);
        while (true) {
            JsonNode seen = deployment(deployment);
            if (states.contains(seen.path("status").asText())) {
                return seen;
            }
            if (Instant.now().isAfter(deadline)) {
                throw new LocalFailure("After " + limit.toSeconds() + " s the deployment is "
                        + seen.path("status").asText() + " instead of " + String.join(" or ", states)
                        + "; its steps: " + seen.path("steps"));
            }
            Pause.milliseconds(100);
        }
    }
}
