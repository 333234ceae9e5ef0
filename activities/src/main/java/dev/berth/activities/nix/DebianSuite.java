package dev.berth.activities.nix;

import dev.berth.activities.Pulse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The version of a package that a Debian suite has today, fetched by apt into a folder of its own: apt checks the archive's
 * signature, which no hash of ours can stand for here. The machine's own package lists are neither used nor changed.
 */
final class DebianSuite {
    private static final String KEYS = "/usr/share/keyrings/debian-archive-keyring.gpg";
    private static final Duration LIMIT = Duration.ofMinutes(3);

    private final URI mirror;
    private final String suite;

    DebianSuite(URI mirror, String suite) {
        this.mirror = mirror;
        this.suite = suite;
    }

    /** The present version's file in a new temporary folder; empty where apt is missing or cannot get it. */
    Optional<Path> download(String packageName, Pulse pulse) {
        try {
            Path folder = Files.createTempDirectory("berth-apt-");
            for (String needed : List.of("state/lists/partial", "cache/archives/partial", "out")) {
                Files.createDirectories(folder.resolve(needed));
            }
            Files.writeString(folder.resolve("status"), "");
            Files.writeString(
                    folder.resolve("sources.list"),
                    "deb [arch=amd64 signed-by=" + KEYS + "] " + mirror + " " + suite + " main\n");
            boolean fetched =
                    apt(folder, List.of("update"), pulse) && apt(folder, List.of("download", packageName), pulse);
            if (!fetched) {
                delete(folder);
                return Optional.empty();
            }
            try (Stream<Path> files = Files.list(folder.resolve("out"))) {
                return files.findFirst();
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** Removes what {@link #download} made. */
    static void discard(Path downloaded) {
        delete(downloaded.getParent().getParent());
    }

    private static boolean apt(Path folder, List<String> words, Pulse pulse) {
        List<String> options = List.of(
                "-o", "Dir::Etc::sourcelist=" + folder.resolve("sources.list"),
                "-o", "Dir::Etc::sourceparts=-",
                "-o", "Dir::State=" + folder.resolve("state"),
                "-o", "Dir::State::status=" + folder.resolve("status"),
                "-o", "Dir::Cache=" + folder.resolve("cache"),
                "-o", "APT::Architecture=amd64",
                "-o", "APT::Architectures::=amd64",
                "-o", "APT::Sandbox::User=root",
                "-o", "Acquire::Languages=none");
        try {
            return Command.of(
                            Stream.of(List.of("apt-get", "-q", "-y"), options, words)
                                    .flatMap(List::stream)
                                    .toList(),
                            Map.of("PATH", "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL", "C.UTF-8"))
                    .in(folder.resolve("out"))
                    .within(LIMIT)
                    .run(pulse)
                    .succeeded();
        } catch (UncheckedIOException noApt) {
            return false;
        }
    }

    private static void delete(Path folder) {
        try {
            Folders.delete(folder);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
