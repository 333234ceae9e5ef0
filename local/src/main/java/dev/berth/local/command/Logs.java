package dev.berth.local.command;

import dev.berth.local.Folders;
import dev.berth.local.LocalFailure;
import dev.berth.local.parts.Stack;
import dev.berth.local.supervise.Pause;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** {@code logs [PART] [-f]}: the end of each log, or of one; followed until Ctrl-C. */
public final class Logs {
    private final Folders folders;
    private final PrintStream out;

    public Logs(Folders folders, PrintStream out) {
        this.folders = folders;
        this.out = out;
    }

    public int all() throws IOException {
        for (String part : known()) {
            show(part, 20);
        }
        return 0;
    }

    public int of(String part) throws IOException {
        if (!known().contains(part)) {
            throw new LocalFailure("No part is called '" + part + "'. Parts: " + String.join(", ", known()));
        }
        show(part, 500);
        return 0;
    }

    /** @param part one of them, or empty for all */
    public int follow(String part) throws IOException {
        LogStream logs = new LogStream(folders);
        logs.skipPresent();
        while (!Thread.currentThread().isInterrupted()) {
            logs.drain((name, line) -> {
                if (part.isEmpty() || part.equals(name)) {
                    out.printf("%-15s | %s%n", name, line);
                }
            });
            Pause.milliseconds(200);
        }
        return 0;
    }

    private void show(String part, int count) throws IOException {
        for (String line : LogStream.tail(folders, part, count)) {
            out.printf("%-15s | %s%n", part, line);
        }
    }

    private static List<String> known() {
        List<String> names = new ArrayList<>(Stack.NAMES);
        names.add(Terminal.OWN_LOG);
        return names;
    }
}
