package dev.berth.local;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The state folder as something that is taken and given back. Its mark is the file of its keys, written before anything else
 * and removed after everything else: no command changes or removes anything in a folder that somebody named by mistake.
 */
public final class StateFolder {
    private static final String MARK = "keys.properties";
    private static final Pattern INSTANCE = Pattern.compile("berth-[0-9a-f]+");

    /** All that Berth makes there; what stands first is removed first. */
    private static final List<Pattern> OWN = Stream.of(
                    "data",
                    "etc",
                    "logs",
                    "engine",
                    "token",
                    "parked\\.json",
                    "swarm-made",
                    "firewall(\\.new)?",
                    "registry\\.key",
                    "registry-[0-9a-f-]{36}\\.p12",
                    "settings\\.properties",
                    "\\.(token|registry\\.key|keys\\.properties)[0-9]+\\.new",
                    "run",
                    "keys\\.properties")
            .map(Pattern::compile)
            .toList();

    /** Files that commands before the first start leave; with no mark beside them they belong to no stack yet. */
    private static final Pattern BEFORE_THE_FIRST_START =
            Pattern.compile("logs/berth\\.log|token|\\.(token|keys\\.properties)[0-9]+\\.new");

    private final Folders folders;
    private final Path state;

    public StateFolder(Folders folders) {
        this.folders = folders;
        this.state = folders.state();
    }

    /** Whether a stack was started here. */
    public boolean marked() {
        try {
            Properties kept = new Properties();
            kept.load(new StringReader(Files.readString(state.resolve(MARK))));
            return INSTANCE.matcher(kept.getProperty("instance", "")).matches();
        } catch (IOException | IllegalArgumentException absentOrBroken) {
            return false;
        }
    }

    /**
     * Takes the folder for a stack, or finds the one that is there, and makes what is missing.
     *
     * @throws LocalFailure where the folder is somebody else's
     */
    public Keys claim() {
        if (!marked()) {
            holds().ifPresent(what -> {
                throw new LocalFailure(
                        "The state folder " + state + " holds " + what + ". Set BERTH_STATE to a folder of its own.");
            });
            if (foreign()) {
                throw new LocalFailure("The state folder " + state
                        + " holds files and no stack of Berth. Set BERTH_STATE " + "to a new or an empty folder.");
            }
            make();
        }
        Keys keys = Keys.of(folders);
        folders.create();
        return keys;
    }

    /** The folder is the owner's alone, since it holds secrets. */
    private void make() {
        try {
            boolean fresh = Files.notExists(state);
            Files.createDirectories(state);
            if (fresh) {
                Files.setPosixFilePermissions(state, PosixFilePermissions.fromString("rwx------"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws LocalFailure where {@link #purge()} would not know what is whose */
    public void requirePurgeable() {
        if (!marked()) {
            throw new LocalFailure("Nothing is removed: " + state + " holds no stack.");
        }
        holds().ifPresent(what -> {
            throw new LocalFailure("Nothing is removed: the state folder " + state + " holds " + what
                    + ". Run ./berth down, and remove by hand what is Berth's there.");
        });
    }

    /**
     * Removes what Berth made there, and the folder itself when nothing else is in it.
     *
     * @return the names of what is left; empty when the folder is gone
     */
    public List<String> purge() throws IOException {
        requirePurgeable();
        for (Pattern own : OWN) {
            for (String name : names()) {
                if (own.matcher(name).matches()) {
                    delete(state.resolve(name));
                }
            }
        }
        List<String> left = names();
        if (left.isEmpty()) {
            Files.delete(state);
        }
        return left;
    }

    private List<String> names() throws IOException {
        try (Stream<Path> entries = Files.list(state)) {
            return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
        }
    }

    /** What else lies in the folder that is no stack's to have. */
    private Optional<String> holds() {
        List<String> held = new ArrayList<>();
        Path real = real(state);
        if (real(folders.home()).startsWith(real)) {
            held.add("the checkout (" + folders.home() + ")");
        }
        if (real(folders.cache()).startsWith(real)) {
            held.add("the cache (" + folders.cache() + ")");
        }
        return held.isEmpty() ? Optional.empty() : Optional.of(String.join(" and ", held));
    }

    /** Where the path leads through links; the end of it need not be there. */
    private static Path real(Path path) {
        Path there = path;
        while (Files.notExists(there) && there.getParent() != null) {
            there = there.getParent();
        }
        try {
            return there.toRealPath().resolve(there.relativize(path)).normalize();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether any file is there that was not left on the way to a first start. Empty folders are nobody's. */
    private boolean foreign() {
        if (Files.notExists(state)) {
            return false;
        }
        try (Stream<Path> tree = Files.walk(state.toRealPath())) {
            Path top = state.toRealPath();
            return tree.filter(file -> !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS))
                    .anyMatch(file -> !BEFORE_THE_FIRST_START
                            .matcher(top.relativize(file).toString())
                            .matches());
        } catch (IOException | UncheckedIOException unreadable) {
            return true;
        }
    }

    /** Deletes a tree without following links out of it. */
    public static void delete(Path tree) throws IOException {
        if (Files.notExists(tree, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(tree, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e) throws IOException {
                Files.delete(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
