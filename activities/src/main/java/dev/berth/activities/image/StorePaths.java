package dev.berth.activities.image;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.List;

/** What the packer asks of a Nix store. */
public interface StorePaths {
    /** Where the store path, or a path below one, lies on this machine. */
    Path physical(String storePath);

    /** Everything that the output needs to run, and the output itself as the last. */
    List<StorePath> closure(String output);

    /**
     * @param path {@code /nix/store/…}
     * @param bytes of its content, without what it refers to
     */
    record StorePath(String path, long bytes) {
        public StorePath {
            requireNonNull(path, "path is null");
            if (!path.matches("/nix/store/[0-9a-z]{32}-[A-Za-z0-9+._?=-]+")) {
                throw new IllegalArgumentException("Not a store path: " + path);
            }
        }

        /** Without the hash. */
        public String name() {
            return path.substring("/nix/store/".length() + 33);
        }
    }
}
