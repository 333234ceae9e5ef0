package dev.berth.activities.git;

import org.eclipse.jgit.lib.EmptyProgressMonitor;

/** Lets JGit work until its thread is interrupted; it asks often. */
final class UntilInterrupted extends EmptyProgressMonitor {
    static final UntilInterrupted INSTANCE = new UntilInterrupted();

    private UntilInterrupted() {}

    @Override
    public boolean isCancelled() {
        return Thread.currentThread().isInterrupted();
    }
}
