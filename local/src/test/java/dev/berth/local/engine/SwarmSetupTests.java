package dev.berth.local.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;
import dev.berth.activities.swarm.Engine;
import dev.berth.activities.swarm.EngineException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On an engine that is a list of answers. */
final class SwarmSetupTests {
    private static final String LEAVE = "POST /swarm/leave";

    @TempDir
    private Path folder;

    private final Map<String, String> answers = new ConcurrentHashMap<>(Map.of(
            "GET /version",
            "{\"ApiVersion\":\"1.43\"}",
            "GET /info",
            "{\"Swarm\":{\"LocalNodeState\":\"active\",\"NodeID\":\"n\",\"ControlAvailable\":true}}",
            "GET /services",
            "[]",
            "GET /secrets",
            "[]",
            "GET /configs",
            "[]",
            "GET /nodes",
            "[{\"ID\":\"n\"}]",
            LEAVE,
            ""));
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<String> said = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private Engine engine;
    private Path marker;
    private SwarmSetup swarm;

    @BeforeEach
    void answer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String question = exchange.getRequestMethod() + " "
                    + exchange.getRequestURI().getPath().replaceFirst("^/v[0-9.]+/", "/");
            asked.add(question);
            byte[] answer = answers.getOrDefault(question, "").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(
                    answers.containsKey(question) ? 200 : 500, answer.length == 0 ? -1 : answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        engine = Engine.at(URI.create("tcp://127.0.0.1:" + server.getAddress().getPort()));
        marker = Files.writeString(folder.resolve("swarm-made"), "Berth made this engine's Swarm.\n");
        swarm = new SwarmSetup(marker, Map.of(), (part, sentence) -> said.add(sentence));
    }

    @AfterEach
    void stop() {
        engine.close();
        server.stop(0);
    }

    @Test
    void theSwarmThatWeMadeIsLeftWhenNobodyElseUsesIt() throws IOException {
        swarm.undo(engine);
        assertThat(asked).contains(LEAVE);
        assertThat(marker).doesNotExist();
    }

    @Test
    void aSwarmThatOthersUseByNowIsKept() throws IOException {
        for (String used : List.of("GET /services", "GET /secrets", "GET /configs")) {
            answers.put(used, "[{\"ID\":\"somebodys\"}]");
            Files.writeString(marker, "");
            swarm.undo(engine);
            answers.put(used, "[]");
        }
        answers.put("GET /nodes", "[{\"ID\":\"n\"},{\"ID\":\"another\"}]");
        Files.writeString(marker, "");
        swarm.undo(engine);
        assertThat(asked).doesNotContain(LEAVE);
        assertThat(said).hasSize(4).allMatch(sentence -> sentence.contains("Swarm is kept"));
    }

    @Test
    void aLeaveThatFailedIsAskedForAgain() throws IOException {
        String answer = answers.remove(LEAVE);
        assertThatExceptionOfType(EngineException.class).isThrownBy(() -> swarm.undo(engine));
        assertThat(marker).exists();
        answers.put(LEAVE, answer);
        swarm.undo(engine);
        assertThat(marker).doesNotExist();
    }

    @Test
    void aSwarmThatWeDidNotMakeIsLeftAlone() throws IOException {
        Files.delete(marker);
        swarm.undo(engine);
        assertThat(asked).isEmpty();
    }
}
