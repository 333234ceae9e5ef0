package dev.berth.activities.nix;

import static java.util.Objects.requireNonNull;

import dev.berth.activities.ActivityFailures;
import dev.berth.activities.Pulse;
import dev.berth.domain.Failure;
import dev.berth.domain.FailureCode;
import dev.berth.domain.nix.NixDaemon;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Berth's own Nix store. Paths are logical, {@code /nix/store/…}, as they are in images; {@link #physical} says where one lies.
 * Every call goes through the store's daemon, so many may run at once.
 */
public final class NixStore {
    /** Command lines have a limit of about two megabytes; a store path has at most 260 characters. */
    private static final int PATHS_AT_ONCE = 1_000;

    /** Node says ENOSPC of file watchers, too. */
    static final Pattern NO_SPACE =
            Pattern.compile("(?i)no space left on device|disk quota exceeded|database or disk is full");
    /** What a client says without its daemon, or when the daemon goes while it works. */
    static final Pattern AWAY = Pattern.compile("cannot connect to (socket|daemon)|[Cc]onnection refused|Nix daemon"
            + "|cannot open connection|unexpected end-of-file|Connection reset|Broken pipe|interrupted by the user");

    private final NixDaemon daemon;

    public NixStore(NixDaemon daemon) {
        this.daemon = requireNonNull(daemon, "daemon is null");
    }

    /** @param narSize bytes of the path's content, without what it refers to */
    public record Member(String path, long narSize) {}

    /** Where a path of the store lies on this machine. */
    public Path physical(String storePath) {
        return daemon.physical(storePath);
    }

    /** The path and everything it refers to, directly or not; each stands after what it refers to itself, so the path is last. */
    public List<Member> closure(String storePath) {
        List<String> paths = query(List.of("nix-store", "--query", "--requisites", storePath));
        List<Member> members = new ArrayList<>();
        for (List<String> some : inParts(paths)) {
            List<String> sizes = query(words("nix-store", List.of("--query", "--size"), some));
            IntStream.range(0, some.size())
                    .forEach(i -> members.add(new Member(some.get(i), Long.parseLong(sizes.get(i)))));
        }
        return members;
    }

    /** The outputs of a derivation, whether they were built or not. */
    List<String> outputs(String derivation) {
        return query(List.of("nix-store", "--query", "--outputs", derivation));
    }

    /** Those of {@code paths} that the store does not hold, or holds half. */
    Set<String> missing(List<String> paths, Pulse pulse) {
        Set<String> missing = new HashSet<>();
        for (List<String> some : inParts(paths)) {
            Command.Ran ran = command(words("nix-store", List.of("--check-validity", "--print-invalid"), some))
                    .run(pulse);
            if (!ran.succeeded()) {
                throw unusable(ran);
            }
            missing.addAll(ran.output());
        }
        return missing;
    }

    /** Adds files under their own names; the answer is their paths in the same order. */
    List<String> addFiles(String algorithm, List<Path> files, Pulse pulse) {
        List<String> added = new ArrayList<>();
        for (List<String> some : inParts(files.stream().map(Path::toString).toList())) {
            added.addAll(run(words("nix-store", List.of("--add-fixed", algorithm), some), pulse));
        }
        return added;
    }

    /** Adds a folder under its own name. */
    String addTree(String algorithm, Path folder, Pulse pulse) {
        return run(List.of("nix-store", "--add-fixed", "--recursive", algorithm, folder.toString()), pulse)
                .getFirst();
    }

    /** The hash that a folder would have in the store. */
    ContentHash hashOfTree(Path folder) {
        String hex = query(List.of("nix-hash", "--type", "sha256", folder.toString()))
                .getFirst();
        return new ContentHash("sha256", hex);
    }

    /** Keeps a path, with all it refers to, for as long as the build's roots are not released. */
    void keep(UUID build, String what, String storePath) {
        Path folder = daemon.rootsFolder().resolve(build.toString());
        Path root = folder.resolve(what);
        try {
            Files.createDirectories(folder);
            Files.deleteIfExists(root);
            Files.createSymbolicLink(root, Path.of(storePath));
        } catch (IOException broken) {
            throw new UncheckedIOException("Cannot keep " + storePath, broken);
        }
    }

    /** Builds for which something is kept. */
    public Set<UUID> keptBuilds() {
        try (Stream<Path> folders = Files.list(daemon.rootsFolder())) {
            return folders.map(folder -> folder.getFileName().toString())
                    .filter(NixStore::isBuild)
                    .map(UUID::fromString)
                    .collect(java.util.stream.Collectors.toSet());
        } catch (IOException unreadable) {
            throw new UncheckedIOException("The store's roots cannot be listed", unreadable);
        }
    }

    private static boolean isBuild(String folder) {
        return folder.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    }

    /** Lets the collector have what was kept for a build alone. Does nothing where nothing was. */
    public void release(UUID build) {
        Path folder = daemon.rootsFolder().resolve(build.toString());
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> roots = Files.list(folder)) {
            for (Path root : roots.toList()) {
                Files.deleteIfExists(root);
            }
            Files.deleteIfExists(folder);
        } catch (IOException broken) {
            throw new UncheckedIOException("Cannot release the roots of build " + build, broken);
        }
    }

    Command command(List<String> words) {
        return Command.of(words, daemon.clientEnvironment());
    }

    /** Thrown for trouble of the store itself, which may pass: the daemon is down, the disk is full. */
    static RuntimeException unusable(Command.Ran ran) {
        String says = PlainText.of(ran.says());
        return NO_SPACE.matcher(says).find() ? full(says) : away(says);
    }

    static RuntimeException away(String says) {
        return ActivityFailures.worthAnotherTry(Failure.of(
                        FailureCode.NIX_UNAVAILABLE,
                        "The Nix daemon of the platform cannot be used.",
                        "Ask the platform's operator whether it runs, then deploy again.")
                .withEvidence(says));
    }

    static RuntimeException full(String says) {
        return ActivityFailures.of(Failure.of(
                        FailureCode.NO_SPACE,
                        "The builder's disk is full.",
                        "Ask the platform's operator to make room; what serves now is not affected.")
                .withEvidence(says));
    }

    private List<String> query(List<String> words) {
        return run(words, () -> {});
    }

    private List<String> run(List<String> words, Pulse pulse) {
        Command.Ran ran = command(words).run(pulse);
        if (!ran.succeeded()) {
            throw unusable(ran);
        }
        return ran.output();
    }

    private static List<String> words(String program, List<String> options, List<String> paths) {
        return Stream.of(List.of(program), options, paths).flatMap(List::stream).toList();
    }

    private static List<List<String>> inParts(List<String> paths) {
        return IntStream.iterate(0, from -> from < paths.size(), from -> from + PATHS_AT_ONCE)
                .mapToObj(from -> paths.subList(from, Math.min(from + PATHS_AT_ONCE, paths.size())))
                .toList();
    }
}
