package dev.berth.activities.nix;

import dev.berth.domain.BuildRef;
import java.util.function.Consumer;

/** Where the log of a build goes. */
@FunctionalInterface
public interface BuildLines {
    /** Keeps one line after those that are there. */
    void append(BuildRef build, String line);

    /** For many lines: an implementation may gather them. */
    default Writer of(BuildRef build) {
        return new Writer() {
            @Override
            public void accept(String line) {
                append(build, line);
            }

            @Override
            public void close() {
                // Each line was kept when it came.
            }
        };
    }

    /** Takes lines in order, from any thread. What was taken is kept once it is closed, at the latest. */
    interface Writer extends Consumer<String>, AutoCloseable {
        @Override
        void close();
    }
}
