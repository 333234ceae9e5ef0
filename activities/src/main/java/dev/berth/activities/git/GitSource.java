package dev.berth.activities.git;

import static java.util.Objects.requireNonNull;

import dev.berth.activities.ActivityFailures;
import dev.berth.activities.Attended;
import dev.berth.activities.Pulse;
import dev.berth.domain.Failure;
import dev.berth.domain.FailureCode;
import dev.berth.outbound.AddressGuard;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.transport.FetchConnection;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.TagOpt;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.TransportHttp;
import org.eclipse.jgit.transport.URIish;
import org.eclipse.jgit.util.FileUtils;

/**
 * Reads repositories over HTTP: which commit a branch names, and the files of one commit. No Git configuration, hook, filter or
 * submodule of anybody takes part.
 */
public final class GitSource {
    private static final int TRIES = 3;
    private static final Set<String> WORTH_ANOTHER_TRY = Set.of(
            FailureCode.REPOSITORY_UNREACHABLE.name(),
            FailureCode.REPOSITORY_HOST_UNKNOWN.name(),
            FailureCode.REPOSITORY_TIMED_OUT.name());

    private final AddressGuard guard;
    private final GitLimits limits;

    public GitSource(AddressGuard guard, GitLimits limits) {
        this.guard = requireNonNull(guard, "guard is null");
        this.limits = requireNonNull(limits, "limits is null");
        IsolatedSystemReader.install();
    }

    /**
     * The commit that the branch names now.
     *
     * @return 40 hexadecimal digits
     * @throws ApplicationFailure with a {@code REPOSITORY_…} code or {@code BRANCH_NOT_FOUND}, which lists similar names
     */
    public String resolve(GitUrl url, String branch, Pulse pulse) {
        List<Ref> branches = converse(url, pulse, connections -> {
            try (Transport transport = Transport.open(new URIish(url.toString()))) {
                prepare(transport, url, connections);
                try (FetchConnection connection = transport.openFetch()) {
                    return connection.getRefs().stream()
                            .filter(ref -> ref.getName().startsWith(Constants.R_HEADS))
                            .toList();
                }
            }
        });
        if (branches.isEmpty()) {
            throw ActivityFailures.of(Failure.of(
                    FailureCode.REPOSITORY_EMPTY,
                    "The repository " + url + " has no commits.",
                    "Push a commit to the branch " + branch + " and deploy again."));
        }
        return branches.stream()
                .filter(ref -> ref.getName().equals(Constants.R_HEADS + branch))
                .map(Ref::getObjectId)
                .map(ObjectId::getName)
                .findFirst()
                .orElseThrow(() -> BranchNames.of(branches).missing(url, branch));
    }

    /**
     * Writes the files of one commit to {@code folder}, and nothing else of the repository. Where the folder exists, an earlier
     * run finished it: it is left as it is.
     *
     * @param folder appears at once and whole; its parent is made
     * @param branch where a server only gives out what a branch names
     */
    public void fetch(GitUrl url, String branch, String commitSha, Path folder, Pulse pulse) {
        if (Files.isDirectory(folder)) {
            return;
        }
        Path repositoryFolder = folder.resolveSibling(folder.getFileName() + ".git");
        Path partial = folder.resolveSibling(folder.getFileName() + ".partial");
        try {
            Files.createDirectories(folder.toAbsolutePath().getParent());
            converse(url, pulse, connections -> {
                remove(repositoryFolder);
                remove(partial);
                try (Repository repository = new FileRepositoryBuilder()
                        .setGitDir(repositoryFolder.toFile())
                        .setBare()
                        .build()) {
                    repository.create(true);
                    download(url, branch, commitSha, repository, connections);
                    new Checkout(repository, limits).write(ObjectId.fromString(commitSha), partial);
                }
                return Files.move(partial, folder, StandardCopyOption.ATOMIC_MOVE);
            });
        } catch (IOException disk) {
            throw new UncheckedIOException("Cannot write to the build's workspace", disk);
        } finally {
            removeQuietly(repositoryFolder);
            removeQuietly(partial);
        }
    }

    private void download(
            GitUrl url, String branch, String commitSha, Repository repository, GuardedConnections connections)
            throws Exception {
        try (Transport transport = Transport.open(repository, new URIish(url.toString()))) {
            prepare(transport, url, connections);
            transport.setTagOpt(TagOpt.NO_TAGS);
            transport.setDepth(1);
            String kept = ":" + Constants.R_HEADS + "berth";
            try {
                transport.fetch(UntilInterrupted.INSTANCE, List.of(new RefSpec(commitSha + kept)));
            } catch (TransportException refused) {
                if (connections.lastStatus() != 200 || Thread.currentThread().isInterrupted()) {
                    throw refused;
                }
                // Some servers give out tips of branches only; most of the time the commit still is one.
                transport.fetch(
                        UntilInterrupted.INSTANCE, List.of(new RefSpec("+" + Constants.R_HEADS + branch + kept)));
            }
        }
        if (!repository.getObjectDatabase().has(ObjectId.fromString(commitSha))) {
            throw ActivityFailures.of(Failure.of(
                    FailureCode.COMMIT_NOT_FOUND,
                    "The commit " + commitSha.substring(0, 12) + " is no longer at the tip of " + branch + " of " + url
                            + ", and the server gives out nothing else.",
                    "Deploy again to take the branch's newest commit."));
        }
    }

    private void prepare(Transport transport, GitUrl url, GuardedConnections connections) {
        transport.setTimeout((int) limits.silence().toSeconds());
        transport.setCredentialsProvider(new OwnHostCredentials(url));
        ((TransportHttp) transport).setHttpConnectionFactory(connections);
    }

    /** A server that cannot be reached is asked again; every other answer stands. */
    private <T> T converse(GitUrl url, Pulse pulse, Conversation<T> conversation) {
        for (int attempt = 1; ; attempt++) {
            try {
                return once(url, pulse, conversation);
            } catch (ApplicationFailure failure) {
                if (attempt == TRIES || !WORTH_ANOTHER_TRY.contains(failure.getType())) {
                    throw failure;
                }
                pulse.beat();
            }
        }
    }

    private <T> T once(GitUrl url, Pulse pulse, Conversation<T> conversation) {
        try (GuardedConnections connections = new GuardedConnections(guard, limits.downloadBytes())) {
            Callable<T> work = () -> conversation.with(connections);
            try {
                return Attended.call(pulse, limits.total(), work);
            } catch (RuntimeException known) {
                throw known;
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("Interrupted while reading a repository", stopped);
            } catch (Exception failed) {
                throw GitFailures.explain(failed, url, connections.lastStatus());
            }
        } catch (IOException noRelay) {
            throw new UncheckedIOException("Cannot listen on loopback", noRelay);
        }
    }

    private static void remove(Path folder) throws IOException {
        FileUtils.delete(folder.toFile(), FileUtils.RECURSIVE | FileUtils.SKIP_MISSING | FileUtils.RETRY);
    }

    private static void removeQuietly(Path folder) {
        try {
            remove(folder);
        } catch (IOException left) {
            // The workspace goes as a whole when the build ends.
        }
    }

    @FunctionalInterface
    private interface Conversation<T> {
        T with(GuardedConnections connections) throws Exception;
    }
}
