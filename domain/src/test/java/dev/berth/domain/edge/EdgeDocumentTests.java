package dev.berth.domain.edge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EdgeDocumentTests {
    private static final EdgeControl CONTROL = new EdgeControl("berth:hash", "Basic shown");
    private static final UUID SERVICE = UUID.fromString("01900000-0000-7000-8000-000000000001");

    @Test
    void theSameStateGivesTheSameBytesInWhateverOrderItIsRead() {
        List<EdgeRoute> routes = new ArrayList<>(IntStream.range(0, 50)
                .mapToObj(i -> route(new UUID(7, i), "app-" + i + ".test", List.of("10.0.1." + (i + 2), "10.0.0.9")))
                .toList());
        byte[] first = render(routes, List.of(), 7);
        Collections.reverse(routes);
        assertThat(render(routes, List.of(), 7)).isEqualTo(first);
        assertThat(render(routes, List.of(), 8)).isNotEqualTo(first);
    }

    @Test
    void aRouteGoesToTheReplicasAddressesAndFallsBackToTheName() throws Exception {
        JsonNode http =
                read(render(List.of(route(SERVICE, "shop.test", List.of("10.0.1.7", "10.0.1.5"))), List.of(), 3));
        String name = "s-" + SERVICE;
        assertThat(http.at("/routers/" + name + "/rule").asText()).isEqualTo("Host(`shop.test`)");
        assertThat(http.at("/services/" + name + "/failover/service").asText()).isEqualTo(name + "-address");
        JsonNode main = http.at("/services/" + name + "-address/loadBalancer");
        assertThat(main.at("/servers").findValuesAsText("url"))
                .containsExactly("http://10.0.1.5:8080", "http://10.0.1.7:8080");
        assertThat(main.at("/healthCheck/path").asText()).isEqualTo("/health");
        assertThat(http.at("/services/" + name + "-name/loadBalancer/servers/0/url")
                        .asText())
                .isEqualTo("http://b-0123456789ab:8080");
    }

    @Test
    void theVersionThatServedBeforeIsAskedBeforeTheName() throws Exception {
        EdgeRoute watched = new EdgeRoute(
                SERVICE,
                "shop.test",
                "b-0123456789ab",
                List.of("10.0.1.5"),
                8080,
                "/health",
                Optional.of(new EdgeRoute.Standby(List.of("10.0.1.9"), 9090, "/old")));
        JsonNode services = read(render(List.of(watched), List.of(), 3)).path("services");
        String name = "s-" + SERVICE;
        assertThat(services.at("/" + name + "/failover/fallback").asText()).isEqualTo(name + "-standby-or-name");
        JsonNode second = services.at("/" + name + "-standby-or-name/failover");
        assertThat(second.path("service").asText()).isEqualTo(name + "-standby");
        assertThat(second.path("fallback").asText()).isEqualTo(name + "-name");
        JsonNode standby = services.at("/" + name + "-standby/loadBalancer");
        assertThat(standby.at("/servers/0/url").asText()).isEqualTo("http://10.0.1.9:9090");
        assertThat(standby.at("/healthCheck/path").asText()).isEqualTo("/old");
    }

    @Test
    void aRouteWithoutAddressesGoesByNameAlone() throws Exception {
        JsonNode http = read(render(List.of(route(SERVICE, "shop.test", List.of())), List.of(), 3));
        assertThat(http.at("/routers/s-" + SERVICE + "/service").asText()).isEqualTo("s-" + SERVICE + "-name");
        assertThat(http.path("services")).hasSize(1);
    }

    @Test
    void theEdgeSaysWhichGenerationItServes() throws Exception {
        JsonNode http = read(render(List.of(), List.of(), 42));
        assertThat(http.at("/middlewares/berth-generation/headers/customResponseHeaders/X-Berth-Generation")
                        .asText())
                .isEqualTo("42");
        assertThat(http.has("services"))
                .as("an empty map is refused by Traefik")
                .isFalse();
    }

    @Test
    void noBraceInAStringReachesTraefiksTemplates() throws Exception {
        EdgeRoute hostile = new EdgeRoute(
                SERVICE,
                "shop.test",
                "b-0123456789ab",
                List.of("10.0.1.5"),
                8080,
                "/{{env`HOME`}}\\{\"{{",
                Optional.empty());
        String document = new String(render(List.of(hostile), List.of(), 1), UTF_8);
        assertThat(document).doesNotContain("{{");
        assertThat(read(document.getBytes(UTF_8))
                        .at("/services/s-" + SERVICE + "-address/loadBalancer/healthCheck/path")
                        .asText())
                .isEqualTo("/{{env`HOME`}}\\{\"{{");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "Shop.test", "a`) || Host(`b", "{{env}}", "a..b", "-a.test", "a_b.test", "a.test:80", "a/b"})
    void whatIsNoHostNameIsRefused(String host) {
        assertThatThrownBy(() -> route(SERVICE, host, List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void oneHostHasOneRoute() {
        List<EdgeRoute> twice =
                List.of(route(SERVICE, "shop.test", List.of()), route(new UUID(1, 1), "shop.test", List.of()));
        assertThatThrownBy(() -> render(twice, List.of(), 1)).hasMessageContaining("shop.test");
        assertThatThrownBy(() -> render(List.of(route(SERVICE, EdgeDocument.PROBE_HOST, List.of())), List.of(), 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static byte[] render(List<EdgeRoute> routes, List<StoppedRoute> stopped, long generation) {
        return EdgeDocument.render(routes, stopped, generation, CONTROL);
    }

    @Test
    void aCanaryGetsItsPartAndWhatItCannotTakeGoesWhereTheRestGoes() throws Exception {
        UUID deployment = new UUID(3, 4);
        EdgeRoute shared = new EdgeRoute(
                SERVICE,
                "shop.test",
                "b-0123456789ab",
                List.of("10.0.1.5"),
                8080,
                "/health",
                Optional.empty(),
                Optional.of(new EdgeRoute.Canary(deployment, 15, List.of("10.0.1.7"), 9090, "/new")));
        JsonNode http = read(render(List.of(shared), List.of(), 3));
        String name = "s-" + SERVICE;
        assertThat(http.at("/routers/" + name + "/service").asText()).isEqualTo(name + "-split");
        JsonNode services = http.path("services");
        assertThat(services.at("/" + name + "-split/weighted").toString())
                .isEqualTo("{\"services\":[{\"name\":\"%s\",\"weight\":85},{\"name\":\"%s-canary\",\"weight\":15}]}"
                        .formatted(name, name));
        JsonNode canary = services.at("/" + name + "-canary/failover");
        assertThat(canary.path("fallback").asText()).isEqualTo(name);
        assertThat(canary.path("service").asText()).isEqualTo(EdgeDocument.countedService(deployment));
        JsonNode replicas = services.at("/" + EdgeDocument.countedService(deployment) + "/loadBalancer");
        assertThat(replicas.at("/servers/0/url").asText()).isEqualTo("http://10.0.1.7:9090");
        assertThat(replicas.at("/healthCheck/path").asText()).isEqualTo("/new");
        assertThat(services.toString()).as("any request may go to either").doesNotContain("sticky");
    }

    @Test
    void allOrNothingIsNoCanary() {
        for (int weight : new int[] {0, 100}) {
            assertThatThrownBy(() -> new EdgeRoute.Canary(SERVICE, weight, List.of("10.0.1.7"), 9090, "/"))
                    .hasMessageContaining(weight + " %");
        }
    }

    @Test
    void theCountersAreShownAtBerthsOwnEntryToWhoKnowsAPasswordThatTheDocumentDoesNotHold() throws Exception {
        String document = new String(render(List.of(), List.of(), 3), UTF_8);
        JsonNode http = read(document.getBytes(UTF_8));
        JsonNode router = http.at("/routers/berth-control");
        assertThat(router.path("entryPoints").toString()).isEqualTo("[\"control\"]");
        assertThat(router.path("middlewares").toString()).isEqualTo("[\"berth-control\"]");
        assertThat(http.at("/middlewares/berth-control/basicAuth/users/0").asText())
                .isEqualTo(CONTROL.user());
        assertThat(document).doesNotContain(CONTROL.authorization());
    }

    private static EdgeRoute route(UUID service, String host, List<String> addresses) {
        return new EdgeRoute(service, host, "b-0123456789ab", addresses, 8080, "/health", Optional.empty());
    }

    private static JsonNode read(byte[] document) throws Exception {
        return new ObjectMapper().readTree(document).path("http");
    }

    @ParameterizedTest
    @CsvSource({"STOPPED, stopped, 60", "REPLACED, replaced, 2"})
    void whereNothingServesTheEdgeAnswersItself(StoppedRoute.Reason reason, String word, String retryAfter)
            throws Exception {
        JsonNode http = read(render(List.of(), List.of(new StoppedRoute(SERVICE, "shop.test", reason)), 3));
        JsonNode router = http.path("routers").path("s-" + SERVICE);
        assertThat(router.path("rule").asText()).isEqualTo("Host(`shop.test`)");
        assertThat(http.path("services")
                        .path(router.path("service").asText())
                        .path("loadBalancer")
                        .path("servers"))
                .isEmpty();
        assertThat(http.path("middlewares")
                        .path(router.path("middlewares").path(0).asText())
                        .toString())
                .contains("\"Retry-After\":\"" + retryAfter + "\"", EdgeDocument.STATE_HEADER + "\":\"" + word + "\"");
    }

    @Test
    void aHostIsEitherServedOrStopped() {
        assertThatThrownBy(() -> render(
                        List.of(route(SERVICE, "shop.test", List.of())),
                        List.of(new StoppedRoute(SERVICE, "other.test", StoppedRoute.Reason.STOPPED)),
                        1))
                .hasMessageContaining(SERVICE.toString());
    }
}
