package dev.berth.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * Where the stack keeps things. Absolute paths, all.
 *
 * @param home the checkout
 * @param state what this stack is: data, logs, run records, secrets; removing it forgets the stack
 * @param cache downloads, unpacked binaries and the Nix store, shared by all checkouts; removing it costs time only
 * @param jars the built processes: {@code api.jar}, {@code temporal-worker.jar}, {@code local.jar}; named by what they were
 *     built from, so a build never changes files under a running process
 */
public record Folders(Path home, Path state, Path cache, Path jars) {
    /** Unix socket paths end at 107 bytes; engine and containerd add up to 45 to theirs. */
    private static final int LONGEST_SOCKET_FOLDER = 60;

    public Folders {
        home = home.toAbsolutePath().normalize();
        state = state.toAbsolutePath().normalize();
        cache = cache.toAbsolutePath().normalize();
        jars = jars.toAbsolutePath().normalize();
    }

    /** Reads {@code BERTH_HOME}, {@code BERTH_STATE}, {@code BERTH_CACHE}, {@code XDG_CACHE_HOME} and {@code BERTH_JARS}. */
    public static Folders from(Map<String, String> environment) {
        Path home = Path.of(set(environment, "BERTH_HOME").orElse(""));
        Path cache = set(environment, "BERTH_CACHE")
                .map(Path::of)
                .or(() -> set(environment, "XDG_CACHE_HOME").map(folder -> Path.of(folder, "berth")))
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache", "berth"));
        return new Folders(
                home,
                set(environment, "BERTH_STATE")
                        .map(Path::of)
                        .orElseGet(() -> home.toAbsolutePath().resolve(".berth")),
                cache,
                set(environment, "BERTH_JARS")
                        .map(Path::of)
                        .orElseGet(() -> home.toAbsolutePath().resolve("target/jars")));
    }

    private static Optional<String> set(Map<String, String> environment, String variable) {
        return Optional.ofNullable(environment.get(variable)).filter(text -> !text.isBlank());
    }

    public Folders withState(Path other) {
        return new Folders(home, other, cache, jars);
    }

    /** Data that outlives the process that wrote it, such as a database. */
    public Path data(String part) {
        return state.resolve("data").resolve(part);
    }

    public Path logs() {
        return state.resolve("logs");
    }

    public Path log(String part) {
        return logs().resolve(part + ".log");
    }

    /** Run records, holds and the supervisor's lock. */
    public Path run() {
        return state.resolve("run");
    }

    /** Configuration files that parts read; written at each start. */
    public Path configuration(String file) {
        return state.resolve("etc").resolve(file);
    }

    /** For sockets: below the state folder, or a short folder of its own where that path is too long for a socket. */
    public Path sockets() {
        Path below = state.resolve("run");
        if (below.toString().length() <= LONGEST_SOCKET_FOLDER) {
            return below;
        }
        String name = HexFormat.of().toHexDigits(below.toString().hashCode());
        Path base = Files.isWritable(Path.of("/run")) ? Path.of("/run") : Path.of(System.getProperty("java.io.tmpdir"));
        return base.resolve("berth-" + name);
    }

    /** Makes what is missing in the state folder that is a stack's already. */
    void create() {
        try {
            for (Path folder :
                    new Path[] {logs(), run(), state.resolve("data"), state.resolve("etc"), sockets(), cache}) {
                Files.createDirectories(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes a file that only its owner can read, in one step. */
    public static void writePrivately(Path file, String text) {
        try {
            Path draft = Files.createTempFile(file.getParent(), "." + file.getFileName(), ".new");
            try {
                Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString("rw-------"));
                Files.write(draft, text.getBytes(StandardCharsets.UTF_8));
                Files.move(draft, file, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(draft);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
