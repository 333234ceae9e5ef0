package dev.berth.activities.nix;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/**
 * Reads what a Nix command writes with {@code --log-format internal-json}: passes on what builders print as plain lines, and
 * remembers what a failure needs. Lines start with {@code @nix } and a JSON object; source: Nix, {@code logging.cc}.
 */
final class NixLog implements Consumer<String> {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PREFIX = "@nix ";
    private static final int ACTIVITY_BUILD = 105;
    private static final int RESULT_LOG_LINE = 101;
    private static final int LEVEL_ERROR = 0;
    private static final int LONGEST_LINE = 4_000;
    private static final int MOST_LINES = 20_000;
    private static final int LAST_LINES = 40;

    private final Consumer<String> lines;
    private final Deque<String> last = new ArrayDeque<>();
    private final List<String> errors = new ArrayList<>();
    private int passed;

    /** @param lines takes what people read: at most 20,000 lines of at most 4,000 characters, without colours */
    NixLog(Consumer<String> lines) {
        this.lines = lines;
    }

    @Override
    public synchronized void accept(String written) {
        if (!written.startsWith(PREFIX)) {
            errors.add(PlainText.of(written));
            return;
        }
        try {
            read(JSON.readTree(written.substring(PREFIX.length())));
        } catch (JsonProcessingException garbled) {
            // Cut off in the middle when the command was ended.
        }
    }

    /** What Nix itself says about why it failed. */
    synchronized List<String> errors() {
        return List.copyOf(errors);
    }

    /** What the builders printed last. */
    synchronized List<String> lastLines() {
        return List.copyOf(last);
    }

    private void read(JsonNode event) {
        switch (event.path("action").asText()) {
            case "start" -> {
                if (event.path("type").asInt() == ACTIVITY_BUILD) {
                    pass("building " + name(event.path("fields").path(0).asText()));
                }
            }
            case "result" -> {
                if (event.path("type").asInt() == RESULT_LOG_LINE) {
                    String line = PlainText.of(event.path("fields").path(0).asText());
                    last.addLast(line);
                    if (last.size() > LAST_LINES) {
                        last.removeFirst();
                    }
                    pass(line);
                }
            }
            case "msg" -> {
                if (event.path("level").asInt(LEVEL_ERROR) <= LEVEL_ERROR) {
                    errors.add(PlainText.of(event.path("msg").asText()));
                }
            }
            default -> {
                // Progress of transfers and the like.
            }
        }
    }

    private void pass(String line) {
        passed++;
        if (passed < MOST_LINES) {
            lines.accept(line.length() <= LONGEST_LINE ? line : line.substring(0, LONGEST_LINE) + " …");
        } else if (passed == MOST_LINES) {
            lines.accept("… the log is longer than " + MOST_LINES + " lines; the rest is left out");
        }
    }

    private static String name(String derivation) {
        return derivation.replaceFirst("^/nix/store/[0-9a-z]{32}-", "").replaceFirst("\\.drv$", "");
    }
}
