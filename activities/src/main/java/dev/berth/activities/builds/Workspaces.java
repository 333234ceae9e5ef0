package dev.berth.activities.builds;

import dev.berth.domain.BuildRef;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.eclipse.jgit.util.FileUtils;

/**
 * Where builds work: one folder each, which goes when the build ends.
 *
 * @param folder BUILD_DIRECTORY, absolute
 */
public record Workspaces(Path folder) {
    public Workspaces {
        if (!folder.isAbsolute()) {
            throw new IllegalArgumentException("Not an absolute folder: " + folder);
        }
    }

    /** The files of the build's commit. */
    public Path source(BuildRef build) {
        return of(build).resolve("source");
    }

    void discard(BuildRef build) {
        try {
            FileUtils.delete(of(build).toFile(), FileUtils.RECURSIVE | FileUtils.SKIP_MISSING | FileUtils.RETRY);
        } catch (IOException disk) {
            throw new UncheckedIOException("Cannot remove the workspace of build " + build.buildId(), disk);
        }
    }

    private Path of(BuildRef build) {
        return folder.resolve(build.buildId().toString());
    }
}
