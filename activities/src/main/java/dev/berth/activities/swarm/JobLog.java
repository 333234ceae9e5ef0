package dev.berth.activities.swarm;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;

/** The log of one task, read on from where it was read to before. */
public final class JobLog {
    private final Engine engine;
    private int read;

    /** @param read how many of its lines are known already */
    public JobLog(Engine engine, int read) {
        this.engine = engine;
        this.read = read;
    }

    /** @param at when it was printed; text is one line without its end, as it was printed */
    public record Line(Instant at, String text) {}

    /** What was printed since the last call, both streams; nothing where nobody can say. */
    public List<Line> next(Task task) {
        List<Line> all = lines(text(task));
        if (all.size() <= read) {
            return List.of();
        }
        List<Line> news = List.copyOf(all.subList(read, all.size()));
        read = all.size();
        return news;
    }

    private byte[] text(Task task) {
        String all = "/logs?stdout=1&stderr=1&timestamps=1";
        String container = task.containerId().orElse("");
        if (container.isEmpty()) {
            return new byte[0];
        }
        try {
            return engine.read("/containers/" + container + all);
        } catch (EngineException elsewhere) {
            if (!elsewhere.isNotFound()) {
                return new byte[0];
            }
        }
        try {
            // It runs on another host: the manager fetches it.
            return engine.read("/tasks/" + task.id() + all);
        } catch (EngineException silent) {
            return new byte[0];
        }
    }

    /** The last line counts once it is complete, or once it is no longer written. */
    static List<Line> lines(byte[] frames) {
        String text = new String(TaskEvidence.unframed(frames), StandardCharsets.UTF_8);
        List<Line> lines = new ArrayList<>();
        Instant at = Instant.EPOCH;
        for (String stamped : text.split("\n")) {
            int blank = stamped.indexOf(' ');
            if (blank < 0) {
                continue;
            }
            try {
                at = Instant.parse(stamped.substring(0, blank));
                lines.add(new Line(at, stamped.substring(blank + 1)));
            } catch (DateTimeParseException unstamped) {
                lines.add(new Line(at, stamped));
            }
        }
        return lines;
    }
}
