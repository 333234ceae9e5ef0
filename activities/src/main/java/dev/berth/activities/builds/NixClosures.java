package dev.berth.activities.builds;

import static java.util.Objects.requireNonNull;

import dev.berth.activities.image.StorePaths;
import dev.berth.activities.nix.NixStore;
import java.nio.file.Path;
import java.util.List;

/** Berth's Nix store as the image packer sees it. */
public record NixClosures(NixStore store) implements StorePaths {
    public NixClosures {
        requireNonNull(store, "store is null");
    }

    @Override
    public Path physical(String storePath) {
        return store.physical(storePath);
    }

    @Override
    public List<StorePath> closure(String output) {
        return store.closure(output).stream()
                .map(member -> new StorePath(member.path(), member.narSize()))
                .toList();
    }
}
