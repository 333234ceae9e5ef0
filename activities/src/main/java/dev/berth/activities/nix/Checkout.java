package dev.berth.activities.nix;

import dev.berth.domain.plan.SourceTree;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** A checkout on disk as a {@link SourceTree}. A link that leads out of it is as if it were not there. */
public final class Checkout implements SourceTree {
    private static final long LARGEST_TEXT = 16L << 20;

    private final Path root;

    /** @param root the app's folder; must exist */
    public Checkout(Path root) throws IOException {
        this.root = root.toRealPath();
    }

    @Override
    public boolean hasFile(String path) {
        return resolve(path).isPresent();
    }

    @Override
    public Optional<String> text(String path) {
        Optional<Path> file = resolve(path);
        try {
            return file.isPresent() && Files.size(file.get()) <= LARGEST_TEXT
                    ? Optional.of(Files.readString(file.get()))
                    : Optional.empty();
        } catch (CharacterCodingException notText) {
            return Optional.empty();
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    private Optional<Path> resolve(String path) {
        try {
            Path real = root.resolve(path).toRealPath();
            return real.startsWith(root) && Files.isRegularFile(real) ? Optional.of(real) : Optional.empty();
        } catch (IOException | InvalidPathException absent) {
            return Optional.empty();
        }
    }
}
