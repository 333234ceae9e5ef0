package dev.berth.activities.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.activities.TestImage;
import dev.berth.activities.TestRegistry;
import dev.berth.activities.registry.RegistryKey.Grant;
import dev.berth.activities.swarm.RevisionObserver.Failed;
import dev.berth.activities.swarm.RevisionSpec;
import dev.berth.activities.swarm.TestSwarm;
import dev.berth.domain.FailureCode;
import dev.berth.testkit.RealPart;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the registry lets through, asked of the real one. */
final class RegistryAccessTests {
    private static final String MANIFEST = "/v2/test/app/manifests/latest";
    private static final Repository APP = new Repository("test/app");

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    @RealPart({"registry", "registry_key", "app"})
    void aHostsCredentialReadsItsRepositoryAndNothingElse() throws Exception {
        TestImage.push("test/app");
        TestImage.push("test/other");
        String token = tokenOf(PullCredential.of(TestRegistry.key().orElseThrow(), APP));

        assertThat(ask("GET", MANIFEST, token)).isEqualTo(200);
        assertThat(ask("POST", "/v2/test/app/blobs/uploads/", token)).isEqualTo(401);
        assertThat(ask("PUT", MANIFEST, token)).isEqualTo(401);
        assertThat(ask("DELETE", MANIFEST, token)).isEqualTo(401);
        assertThat(ask("GET", "/v2/test/other/manifests/latest", token)).isEqualTo(401);
        assertThat(ask("GET", "/v2/_catalog", token)).isEqualTo(401);
        assertThat(ask("GET", MANIFEST, "")).isEqualTo(401);
    }

    @Test
    @RealPart({"registry", "registry_key", "app"})
    void aTokenThatHasEndedOrWasChangedOpensNothing() throws Exception {
        TestImage.push("test/app");
        RegistryKey key = TestRegistry.key().orElseThrow();
        List<Grant> grants = List.of(Grant.pull(APP));
        assertThat(ask("GET", MANIFEST, key.token(grants, Duration.ofMinutes(1))))
                .isEqualTo(200);
        // The registry forgives a minute.
        assertThat(ask("GET", MANIFEST, key.token(grants, Duration.ofMinutes(-2))))
                .isEqualTo(401);
        String[] parts = key.token(grants, Duration.ofMinutes(1)).split("\\.");
        String more = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8)
                .replace("[\"pull\"]", "[\"pull\",\"push\"]");
        String forged = parts[0] + "."
                + Base64.getUrlEncoder().withoutPadding().encodeToString(more.getBytes(StandardCharsets.UTF_8)) + "."
                + parts[2];
        assertThat(ask("GET", MANIFEST, forged)).isEqualTo(401);
    }

    @Test
    @RealPart({"docker", "registry", "registry_key", "app"})
    void aHostPullsWithItsCredentialWhichTheEngineNeverShows() throws Exception {
        try (TestSwarm swarm = new TestSwarm()) {
            TestImage image = TestImage.push("test/" + swarm.instance);
            RevisionSpec spec = swarm.spec(swarm.deployment(), image, 1, Map.of());
            swarm.create(spec);
            swarm.awaitHealthy(spec, image);
            JsonNode services = swarm.engine.get("/services");
            JsonNode tasks = swarm.engine.get("/tasks");
            String token = tokenOf(
                    TestRegistry.pull(new Repository("test/" + swarm.instance)).orElseThrow());
            // Signatures differ from one to the next; the beginning of each is the same.
            assertThat(services.toString() + tasks).doesNotContain(token.substring(0, 60), "registrytoken");
        }
    }

    @Test
    @RealPart({"docker", "registry", "registry_key", "app"})
    void withoutACredentialAHostPullsNothing() throws Exception {
        try (TestSwarm swarm = new TestSwarm()) {
            TestImage image = TestImage.push("test/" + swarm.instance);
            RevisionSpec spec = swarm.spec(swarm.deployment(), image, 1, Map.of());
            swarm.revisions.create(spec, swarm.networks.ensure(swarm.organization), Optional.empty());
            assertThat(((Failed) swarm.awaitEnd(spec, image)).code()).isEqualTo(FailureCode.IMAGE_NOT_PULLED);
        }
    }

    @Test
    void whatIsNoKeyIsRefusedWithoutBeingQuoted() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RegistryKey.of("c2VjcmV0"))
                .withMessageNotContaining("c2VjcmV0")
                .withNoCause();
    }

    private int ask(String method, String path, String token) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://" + TestRegistry.authority() + path))
                .header("Accept", "application/vnd.oci.image.manifest.v1+json")
                .timeout(Duration.ofSeconds(10))
                .method(method, BodyPublishers.noBody());
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private static String tokenOf(PullCredential credential) throws Exception {
        return new com.fasterxml.jackson.databind.ObjectMapper()
                .readTree(Base64.getUrlDecoder().decode(credential.header()))
                .path("registrytoken")
                .asText();
    }
}
