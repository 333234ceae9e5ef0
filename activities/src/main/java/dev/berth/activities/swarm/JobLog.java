package dev.berth.activities.swarm;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The log of one task, read on from where it was read to before. A tenant decides how much it is, so it is never here as a whole:
 * the engine is asked for what is newer than the last line, and read no further than one call may bring.
 */
public final class JobLog {
    /** Lines that one call brings at most. */
    static final int LINES_AT_ONCE = 1_000;

    /** Characters after which a call brings no further line. */
    private static final int TEXT_AT_ONCE = 1 << 20;

    /** The two streams may pass each other on their way into the log, by less than this. */
    private static final Duration OVERLAP = Duration.ofSeconds(1);

    private final Engine engine;
    private final int limit;
    private int read;
    private boolean behind;

    /** What the engine is asked for, and how many lines of that were read: what a log has from a moment on only ever grows. */
    private Instant since = Instant.EPOCH;

    private int readSince;

    /**
     * @param read how many of its lines are known already
     * @param limit how many lines are brought in all; the last of them says that the rest is left out
     */
    public JobLog(Engine engine, int read, int limit) {
        this.engine = engine;
        this.limit = limit;
        this.read = read;
        this.readSince = read;
    }

    /** @param at when it was printed; text is one line without its end, as it was printed */
    public record Line(Instant at, String text) {}

    /** What was printed since the last call, both streams, as much as one call brings; nothing where nobody can say. */
    public List<Line> next(Task task) {
        behind = false;
        String container = task.containerId().orElse("");
        if (read >= limit || container.isEmpty()) {
            return List.of();
        }
        String news =
                "/logs?stdout=1&stderr=1&timestamps=1&since=%d.%09d".formatted(since.getEpochSecond(), since.getNano());
        boolean over = task.state().isOver();
        try {
            return engine.read("/containers/" + container + news, answer -> take(answer, over));
        } catch (EngineException elsewhere) {
            if (!elsewhere.isNotFound()) {
                return List.of();
            }
        }
        try {
            // It runs on another host: the manager fetches it.
            return engine.read("/tasks/" + task.id() + news, answer -> take(answer, over));
        } catch (EngineException silent) {
            return List.of();
        }
    }

    /** Whether the last call brought all that it may, so that another one may bring more at once. */
    public boolean isBehind() {
        return behind;
    }

    private List<Line> take(InputStream answer, boolean over) throws IOException {
        StampedLines lines = new StampedLines(answer);
        List<Instant> moments = new ArrayList<>();
        List<Line> news = new ArrayList<>();
        int length = 0;
        boolean full = false;
        while (!full) {
            Optional<Line> line = lines.next().or(() -> over ? lines.rest() : Optional.empty());
            if (line.isEmpty()) {
                break;
            }
            moments.add(line.get().at());
            if (moments.size() > readSince) {
                news.add(
                        read + news.size() + 1 < limit
                                ? line.get()
                                : cutOff(line.get().at()));
                length += line.get().text().length();
                full = news.size() == LINES_AT_ONCE || length >= TEXT_AT_ONCE || read + news.size() == limit;
            }
        }
        if (!news.isEmpty()) {
            read += news.size();
            moveOn(moments);
        }
        behind = full && read < limit;
        return news;
    }

    private Line cutOff(Instant at) {
        return new Line(at, "… the log is longer than " + (limit - 1) + " lines; the rest is left out");
    }

    /** @param moments of the lines since {@link #since} that were read, in the engine's order */
    private void moveOn(List<Instant> moments) {
        Instant next = moments.stream().max(Instant::compareTo).orElseThrow().minus(OVERLAP);
        if (next.isAfter(since)) {
            since = next;
        }
        readSince = (int) moments.stream().filter(at -> !at.isBefore(since)).count();
    }
}
