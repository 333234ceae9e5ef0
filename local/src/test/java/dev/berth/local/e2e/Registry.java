package dev.berth.local.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.activities.registry.RegistryKey;
import dev.berth.activities.registry.RegistryKey.Grant;
import dev.berth.activities.registry.Repository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What the registry of the stack under test holds, asked by its own protocol. */
final class Registry {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private Registry() {}

    /** The tags of all images of the service; empty where it has none. */
    static List<String> tagsOf(App app) {
        List<String> tags = new ArrayList<>();
        for (JsonNode repository : get("/v2/_catalog?n=1000", Grant.catalogue()).path("repositories")) {
            if (repository.asText().endsWith("/" + app.id())) {
                get("/v2/" + repository.asText() + "/tags/list", Grant.pull(new Repository(repository.asText())))
                        .path("tags")
                        .forEach(tag -> tags.add(tag.asText()));
            }
        }
        return tags;
    }

    private static JsonNode get(String path, Grant grant) {
        RegistryKey key = RegistryKey.of(RunningBerth.variable("BERTH_TEST_REGISTRY_KEY"));
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://" + RunningBerth.variable("BERTH_TEST_REGISTRY") + path))
                .header("Authorization", "Bearer " + key.token(List.of(grant), Duration.ofMinutes(1)))
                .timeout(Duration.ofSeconds(10))
                .build();
        try {
            return JSON.readTree(
                    HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
