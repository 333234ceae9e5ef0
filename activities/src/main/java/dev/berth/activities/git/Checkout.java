package dev.berth.activities.git;

import dev.berth.activities.ActivityFailures;
import dev.berth.domain.Failure;
import dev.berth.domain.FailureCode;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectChecker;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;

/**
 * Writes the files of one commit, as they are in it: no line ends are changed, no attribute is obeyed, submodules stay out.
 * JGit's own checkout would obey the tree's attributes, and it follows links that the tree brought along.
 */
final class Checkout {
    private static final int LONGEST_TARGET = 4_096;

    private final Repository repository;
    private final GitLimits limits;

    Checkout(Repository repository, GitLimits limits) {
        this.repository = repository;
        this.limits = limits;
    }

    /**
     * @param folder is made; half written when this throws
     * @throws TooLargeException beyond the limits
     * @throws ApplicationFailure {@code APP_INVALID} for a tree that cannot be written safely
     */
    void write(ObjectId commit, Path folder) throws IOException {
        Files.createDirectory(folder);
        Map<String, String> links = new TreeMap<>();
        try (RevWalk commits = new RevWalk(repository);
                TreeWalk walk = new TreeWalk(repository)) {
            walk.addTree(commits.parseCommit(commit).getTree());
            walk.setRecursive(true);
            long bytes = 0;
            int files = 0;
            while (walk.next()) {
                if (Thread.currentThread().isInterrupted()) {
                    throw new InterruptedIOException("The checkout was cancelled");
                }
                FileMode mode = walk.getFileMode(0);
                if (FileMode.GITLINK.equals(mode.getBits())) {
                    continue;
                }
                ObjectId id = walk.getObjectId(0);
                bytes += walk.getObjectReader().getObjectSize(id, Constants.OBJ_BLOB);
                if (++files > limits.files()) {
                    throw new TooLargeException("more than " + limits.files() + " files");
                }
                if (bytes > limits.checkoutBytes()) {
                    throw new TooLargeException("files of more than " + (limits.checkoutBytes() >> 20) + " MB");
                }
                String path = checked(walk.getPathString());
                if (FileMode.SYMLINK.equals(mode.getBits())) {
                    links.put(path, target(walk.getObjectReader(), id, path));
                } else {
                    writeFile(walk.getObjectReader(), id, mode, path, folder);
                }
            }
        }
        // Last, so that no file is ever written through one.
        writeLinks(new LinkTargets(links), folder);
    }

    private static void writeFile(ObjectReader objects, ObjectId id, FileMode mode, String path, Path folder)
            throws IOException {
        try {
            Path file = folder.resolve(path);
            Files.createDirectories(file.getParent());
            try (OutputStream out =
                    Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                objects.open(id, Constants.OBJ_BLOB).copyTo(out);
            }
            Files.setPosixFilePermissions(
                    file,
                    PosixFilePermissions.fromString(
                            FileMode.EXECUTABLE_FILE.equals(mode.getBits()) ? "rwxr-xr-x" : "rw-r--r--"));
        } catch (InvalidPathException | FileAlreadyExistsException impossible) {
            throw invalid("The repository holds a file whose name cannot be written: " + path + ".");
        }
    }

    private static void writeLinks(LinkTargets targets, Path folder) throws IOException {
        for (Map.Entry<String, String> link : new TreeMap<>(targets.links()).entrySet()) {
            String path = link.getKey();
            if (targets.escapes(path) || targets.standInTheWayOf(path)) {
                throw invalid("The symbolic link " + path + " leads out of the repository.");
            }
            try {
                Path file = folder.resolve(path);
                Files.createDirectories(file.getParent());
                Files.createSymbolicLink(file, file.getFileSystem().getPath(link.getValue()));
            } catch (InvalidPathException | FileAlreadyExistsException impossible) {
                throw invalid("The repository holds a symbolic link that cannot be written: " + path + ".");
            }
        }
    }

    private static String target(ObjectReader objects, ObjectId id, String path) throws IOException {
        if (objects.getObjectSize(id, Constants.OBJ_BLOB) > LONGEST_TARGET) {
            throw invalid("The symbolic link " + path + " is longer than a path can be.");
        }
        return new String(objects.open(id, Constants.OBJ_BLOB).getBytes(), StandardCharsets.UTF_8);
    }

    private static String checked(String path) {
        try {
            new ObjectChecker().checkPath(path);
            return path;
        } catch (CorruptObjectException refused) {
            throw invalid("The repository holds a file with a name that is not allowed: " + path + ".");
        }
    }

    private static ApplicationFailure invalid(String sentence) {
        return ActivityFailures.of(
                Failure.of(FailureCode.APP_INVALID, sentence, "Remove or rename it, and push the change."));
    }
}
