package dev.berth.activities.firewall;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.Properties;

/**
 * What the keeper of a host's firewall saw, in a file that people and health checks read: lines of {@code name=value}, replaced in
 * one step at each look, so its age says whether somebody looks.
 *
 * @param looked when it was last compared with the kernel's rules
 * @param repairs how often something was put back, since the file was begun
 * @param lastRepair when, and what it was
 * @param failure why the last look did not end well
 */
public record FirewallReport(
        Optional<Instant> looked, int repairs, Optional<Repair> lastRepair, Optional<String> failure) {
    static final FirewallReport NONE = new FirewallReport(Optional.empty(), 0, Optional.empty(), Optional.empty());

    /** @param what a sentence without its full stop */
    public record Repair(Instant at, String what) {}

    public FirewallReport {
        if (repairs < 0) {
            throw new IllegalArgumentException("Repairs cannot be fewer than none: " + repairs);
        }
    }

    FirewallReport asPlanned(Instant now) {
        return new FirewallReport(Optional.of(now), repairs, lastRepair, Optional.empty());
    }

    FirewallReport repaired(Instant now, String what) {
        return new FirewallReport(Optional.of(now), repairs + 1, Optional.of(new Repair(now, what)), Optional.empty());
    }

    FirewallReport failed(Instant now, String why) {
        return new FirewallReport(Optional.of(now), repairs, lastRepair, Optional.of(why));
    }

    /** One line for a person. */
    public String words() {
        String found = lastRepair
                .map(repair -> "put back %d time%s, last at %s: %s"
                        .formatted(repairs, repairs == 1 ? "" : "s", repair.at(), repair.what()))
                .orElse("nothing had to be put back");
        String now = failure.map(why -> "NOT KEPT: " + why + "; ").orElse("");
        return now + found + looked.map(at -> "; looked at " + at).orElse("");
    }

    /** Empty where there is none, or another program's. */
    public static Optional<FirewallReport> read(Path file) {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            Properties lines = new Properties();
            lines.load(new StringReader(Files.readString(file)));
            return Optional.of(new FirewallReport(
                    value(lines, "looked").map(Instant::parse),
                    value(lines, "repairs").map(Integer::parseInt).orElse(0),
                    value(lines, "repaired-at")
                            .map(at -> new Repair(
                                    Instant.parse(at), value(lines, "repaired").orElse(""))),
                    value(lines, "failure")));
        } catch (IOException | IllegalArgumentException | DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> value(Properties lines, String name) {
        return Optional.ofNullable(lines.getProperty(name));
    }

    void write(Path file) {
        StringBuilder text = new StringBuilder();
        looked.ifPresent(at -> line(text, "looked", at.toString()));
        line(text, "repairs", Integer.toString(repairs));
        lastRepair.ifPresent(repair -> {
            line(text, "repaired-at", repair.at().toString());
            line(text, "repaired", repair.what());
        });
        failure.ifPresent(why -> line(text, "failure", why));
        Path beside = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(beside, text);
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("The report " + file + " cannot be written", e);
        }
    }

    /** A value is one line, and a backslash means itself. */
    private static void line(StringBuilder text, String name, String value) {
        text.append(name)
                .append('=')
                .append(value.replace("\\", "\\\\").replaceAll("\\R", " "))
                .append('\n');
    }
}
