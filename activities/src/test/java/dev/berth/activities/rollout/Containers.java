package dev.berth.activities.rollout;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.activities.swarm.EngineException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts the containers of a scene's service that run at once, fifty times a second, as the engine itself sees them. */
final class Containers implements AutoCloseable {
    private static final Duration LOOK = Duration.ofMillis(20);

    private final RolloutScene scene;
    private final AtomicInteger most = new AtomicInteger();
    private final Thread counting;

    Containers(RolloutScene scene) {
        this.scene = scene;
        this.counting = Thread.ofVirtual().start(this::count);
    }

    /** Since the beginning. */
    int mostAtOnce() {
        return most.get();
    }

    private void count() {
        String filter = URLEncoder.encode(
                "{\"label\":[\"berth.service=" + scene.swarm.service + "\"],\"status\":[\"running\"]}",
                StandardCharsets.UTF_8);
        while (!Thread.interrupted()) {
            try {
                JsonNode running = scene.swarm.engine.get("/containers/json?filters=" + filter);
                most.accumulateAndGet(running.size(), Math::max);
                Thread.sleep(LOOK);
            } catch (EngineException busy) {
                continue;
            } catch (InterruptedException closed) {
                return;
            }
        }
    }

    @Override
    public void close() throws InterruptedException {
        counting.interrupt();
        counting.join();
    }
}
