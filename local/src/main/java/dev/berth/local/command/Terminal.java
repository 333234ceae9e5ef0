package dev.berth.local.command;

import dev.berth.local.Folders;
import dev.berth.local.supervise.Narrator;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;

/** The one stream that people read: a line per sentence, with the part's name in front, in the log file too. */
public final class Terminal implements Narrator {
    /** Where the supervisor's own sentences are kept. */
    static final String OWN_LOG = "berth";

    private static final String LINE = "%-15s | %s%n";

    private final Path log;
    private final PrintStream out;
    private final boolean visible;

    /** @param visible whether a person looks at standard output; false writes the file only */
    public Terminal(Folders folders, PrintStream out, boolean visible) {
        this.log = folders.log(OWN_LOG);
        this.out = out;
        this.visible = visible;
    }

    /** For what happens without a stack: on the screen alone. */
    public static Narrator onScreen(PrintStream out) {
        return (part, sentence) -> sentence.lines().forEach(line -> out.printf(LINE, part, line));
    }

    @Override
    public synchronized void say(String part, String sentence) {
        for (String line : sentence.split("\n")) {
            if (visible) {
                print(part, line);
            }
            append("%s %-15s %s%n".formatted(LocalTime.now().truncatedTo(ChronoUnit.MILLIS), part, line));
        }
    }

    /** A part's own words, which are in its own file already. */
    synchronized void print(String part, String line) {
        out.printf(LINE, part, line);
        out.flush();
    }

    private void append(String line) {
        try {
            Files.createDirectories(log.getParent());
            Files.writeString(log, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException unwritable) {
            // The sentence is lost to the file alone; a full disk must not stop the supervisor.
        }
    }
}
