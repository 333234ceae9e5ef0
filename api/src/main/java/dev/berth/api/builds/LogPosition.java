package dev.berth.api.builds;

import dev.berth.api.http.Problem;
import dev.berth.api.http.ProblemException;
import java.util.Optional;

/**
 * How far a client has read.
 *
 * @param line number of the last line that it has; 0 before the first
 */
record LogPosition(int line) {
    /** The header counts: a browser that reconnects repeats the address with its old {@code after}. */
    static LogPosition of(Optional<String> lastEventId, Optional<String> after) {
        return lastEventId
                .map(text -> new LogPosition(line("Last-Event-ID", text)))
                .or(() -> after.map(text -> new LogPosition(line("after", text))))
                .orElse(new LogPosition(0));
    }

    private static int line(String parameter, String text) {
        try {
            int line = Integer.parseInt(text);
            if (line >= 0) {
                return line;
            }
        } catch (NumberFormatException e) {
            // The sentence below answers this too.
        }
        throw new ProblemException(Problem.ofParameter(parameter, "must be the number of a line"));
    }
}
