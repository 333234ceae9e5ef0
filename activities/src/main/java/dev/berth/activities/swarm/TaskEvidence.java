package dev.berth.activities.swarm;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * What a task left behind.
 *
 * @param log its last lines, both streams
 * @param probe what its health probe said last
 * @param outOfMemory whether the kernel killed it for its memory; only known on the host where it ran
 */
public record TaskEvidence(String log, String probe, boolean outOfMemory) {
    public static final TaskEvidence NONE = new TaskEvidence("", "", false);

    private static final int LINES = 50;
    private static final int FRAME_HEADER = 8;
    private static final int LOG_LIMIT = 64 << 10;

    /** Collects it from the engine; what cannot be had is empty, since evidence never replaces a failure by another one. */
    public static TaskEvidence of(Engine engine, Task task) {
        String container = task.containerId().orElse("");
        if (container.isEmpty()) {
            return NONE;
        }
        String log = log(engine, "/containers/" + container);
        try {
            JsonNode state = engine.get("/containers/" + container + "/json").path("State");
            JsonNode probes = state.path("Health").path("Log");
            String probe = probes.isEmpty()
                    ? ""
                    : probes.get(probes.size() - 1).path("Output").asText("").strip();
            return new TaskEvidence(log, probe, state.path("OOMKilled").asBoolean());
        } catch (EngineException e) {
            // It ran on another host: the manager may still have its log.
            return new TaskEvidence(log.isEmpty() ? log(engine, "/tasks/" + task.id()) : log, "", false);
        }
    }

    /** For people: the log, and below it what the health check saw. */
    public String logAndProbe() {
        if (probe.isEmpty()) {
            return log;
        }
        return log.isEmpty() ? probe : log + "\n\nHealth check: " + probe;
    }

    private static String log(Engine engine, String of) {
        try {
            return text(engine.read(of + "/logs?stdout=1&stderr=1&tail=" + LINES));
        } catch (EngineException e) {
            return "";
        }
    }

    static String text(byte[] frames) {
        byte[] all = unframed(frames);
        int from = Math.max(0, all.length - LOG_LIMIT);
        return new String(all, from, all.length - from, StandardCharsets.UTF_8).strip();
    }

    /** Unwraps the stream's frames: byte 0 names the stream, bytes 4 to 7 the length, big-endian (Docker API, "Attach"). */
    static byte[] unframed(byte[] frames) {
        ByteBuffer rest = ByteBuffer.wrap(frames);
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        while (rest.remaining() >= FRAME_HEADER) {
            int length = Math.min(rest.getInt(rest.position() + 4), rest.remaining() - FRAME_HEADER);
            if (length < 0) {
                break;
            }
            lines.write(frames, rest.position() + FRAME_HEADER, length);
            rest.position(rest.position() + FRAME_HEADER + length);
        }
        return lines.toByteArray();
    }
}
