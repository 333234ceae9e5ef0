package dev.berth.local.install;

import dev.berth.local.LocalFailure;
import dev.berth.local.supervise.Narrator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Installs Debian packages without starting their services: the stack runs its own, on its own ports, and leaves the
 * machine's alone.
 */
public final class Apt {
    private static final Path POLICY = Path.of("/usr/sbin/policy-rc.d");
    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final Map<String, String> QUIET = Map.of("DEBIAN_FRONTEND", "noninteractive", "LC_ALL", "C.UTF-8");

    private final Narrator narrator;

    public Apt(Narrator narrator) {
        this.narrator = narrator;
    }

    /** Whether this machine and this user can install packages. */
    public static boolean usable() {
        return Programs.root() && Programs.find("apt-get").isPresent();
    }

    /** The command that a person runs where we may not. */
    public static String advice(Collection<String> packages) {
        return Programs.find("apt-get").isPresent()
                ? "sudo apt-get install --no-install-recommends " + String.join(" ", packages)
                : "install what Debian calls " + String.join(", ", packages) + " with this system's package tool";
    }

    /** Installs what is missing of {@code needs}; does nothing when all are there. */
    public void ensure(List<Need> needs) throws IOException {
        if (Programs.root()) {
            ServicesOff.removeLeftBehind(POLICY);
        }
        List<String> packages = needs.stream()
                .filter(need -> need.found().isEmpty())
                .map(Need::debian)
                .distinct()
                .toList();
        if (packages.isEmpty()) {
            return;
        }
        if (!usable()) {
            throw new LocalFailure("Missing: " + String.join(", ", packages) + ". Run: " + advice(packages)
                    + "\n(then keep their services off: sudo systemctl disable --now redis-server docker-registry)");
        }
        narrator.say("install", "apt-get install " + String.join(" ", packages));
        try (ServicesOff off = ServicesOff.during(POLICY)) {
            install(packages);
        }
    }

    private static void install(List<String> packages) throws IOException {
        List<String> command = new ArrayList<>(
                List.of("apt-get", "install", "-y", "-q", "--no-install-recommends", "-o", "DPkg::Lock::Timeout=120"));
        command.addAll(packages);
        if (!listsPresent()) {
            Programs.run(LIMIT, QUIET, List.of("apt-get", "update", "-q"));
        }
        Programs.Result result = Programs.run(LIMIT, QUIET, command);
        if (!result.succeeded()) {
            // A list that is older than the mirror names files that are gone.
            Programs.run(LIMIT, QUIET, List.of("apt-get", "update", "-q"));
            result = Programs.run(LIMIT, QUIET, command);
        }
        if (!result.succeeded()) {
            throw new LocalFailure(
                    "apt-get could not install " + String.join(", ", packages) + ":\n" + tail(result.output()));
        }
    }

    private static boolean listsPresent() throws IOException {
        Path lists = Path.of("/var/lib/apt/lists");
        if (!Files.isDirectory(lists)) {
            return false;
        }
        try (Stream<Path> files = Files.list(lists)) {
            return files.anyMatch(file -> file.toString().contains("_Packages"));
        }
    }

    private static String tail(String text) {
        List<String> lines = text.lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 15), lines.size()));
    }
}
