package dev.berth.activities.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.berth.activities.swarm.Engine;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class EdgeReachTests {
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final Set<String> organizations = new ConcurrentSkipListSet<>(Set.of("n1", "n2", "n3"));
    private final Set<String> joined = new ConcurrentSkipListSet<>();
    private final Set<String> refused = new ConcurrentSkipListSet<>();
    private final List<String> told = new ArrayList<>();
    private volatile boolean thereIsAnEdge = true;
    private HttpServer server;
    private Engine engine;
    private EdgeReach reach;

    @BeforeEach
    void startTheEngine() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        engine = Engine.at(URI.create("tcp://127.0.0.1:" + server.getAddress().getPort()));
        reach = new EdgeReach(engine, "berth", "berth-edge", told::add);
    }

    @AfterEach
    void stopTheEngine() {
        engine.close();
        server.stop(0);
    }

    @Test
    void anEdgeThatWasMadeAnewIsPutOnEveryOrganisationsNetwork() {
        reach.restore();
        assertThat(joined).containsExactly("n1", "n2", "n3");
        assertThat(told).hasSize(3).allSatisfy(sentence -> assertThat(sentence).startsWith("The edge was not on"));
    }

    @Test
    void whereItIsOnAllOfThemTheEngineIsAskedTwoQuestionsAndNothingIsDone() {
        joined.addAll(organizations);
        reach.restore();
        assertThat(asked).containsExactly("GET /networks", "GET /containers/berth-edge/json");
        assertThat(told).isEmpty();
    }

    @Test
    void oneNetworkThatCannotBeJoinedStopsNoOtherAndIsTriedAgain() {
        refused.add("n1");
        reach.restore();
        assertThat(joined).containsExactly("n2", "n3");
        assertThat(told).anyMatch(sentence -> sentence.contains("network n1 now: no address is left"));
        refused.clear();
        reach.restore();
        assertThat(joined).containsExactly("n1", "n2", "n3");
    }

    @Test
    void anEdgeThatIsNotThereIsToldOnceAndAgainWhenItWasThereMeanwhile() {
        thereIsAnEdge = false;
        reach.restore();
        reach.restore();
        assertThat(told)
                .containsExactly("The edge cannot be put on the organisations' networks now: No such container");
        thereIsAnEdge = true;
        reach.restore();
        assertThat(joined).containsExactly("n1", "n2", "n3");
        told.clear();
        thereIsAnEdge = false;
        reach.restore();
        assertThat(told).hasSize(1);
    }

    @Test
    void anEngineThatIsAwayIsToldAndNothingIsThrown() {
        server.stop(0);
        reach.restore();
        assertThat(told).hasSize(1).first().asString().contains("The Docker engine does not answer");
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath().replace("/v1.43", "");
        if (path.equals("/version")) {
            send(exchange, 200, "{\"ApiVersion\":\"1.43\"}");
            return;
        }
        asked.add(exchange.getRequestMethod() + " " + path);
        if (path.equals("/networks")) {
            assertThat(exchange.getRequestURI().getQuery()).contains("berth.instance=berth");
            send(exchange, 200, json(organizations, "{\"Id\": \"%s\"}", "[", "]"));
        } else if (path.equals("/containers/berth-edge/json")) {
            send(
                    exchange,
                    thereIsAnEdge ? 200 : 404,
                    thereIsAnEdge
                            ? json(
                                    joined,
                                    "\"%1$s\": {\"NetworkID\": \"%1$s\"}",
                                    "{\"NetworkSettings\": {\"Networks\": {",
                                    "}}}")
                            : "{\"message\": \"No such container\"}");
        } else {
            String network = path.split("/")[2];
            if (refused.contains(network)) {
                send(exchange, 500, "{\"message\": \"no address is left\"}");
                return;
            }
            joined.add(network);
            send(exchange, 200, "");
        }
    }

    private static String json(Set<String> ids, String form, String begin, String end) {
        return ids.stream().map(form::formatted).collect(Collectors.joining(", ", begin, end));
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
