package dev.berth.activities.git;

import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;

/**
 * Keeps the machine's and the account's Git configuration away from JGit: it could rewrite URLs, set proxies and turn the check
 * of certificates off. JGit has one reader per process.
 */
final class IsolatedSystemReader extends SystemReader.Delegate {
    private static final SystemReader ORIGINAL = SystemReader.getInstance();

    private IsolatedSystemReader() {
        super(ORIGINAL);
    }

    static void install() {
        if (!(SystemReader.getInstance() instanceof IsolatedSystemReader)) {
            SystemReader.setInstance(new IsolatedSystemReader());
        }
    }

    @Override
    public FileBasedConfig openUserConfig(Config parent, FS fs) {
        return new Nothing(parent, fs);
    }

    @Override
    public FileBasedConfig openSystemConfig(Config parent, FS fs) {
        return new Nothing(parent, fs);
    }

    @Override
    public FileBasedConfig openJGitConfig(Config parent, FS fs) {
        return new Nothing(parent, fs);
    }

    private static final class Nothing extends FileBasedConfig {
        Nothing(Config parent, FS fs) {
            super(parent, new java.io.File("/dev/null"), fs);
        }

        @Override
        public void load() {
            // There is nothing to read.
        }

        @Override
        public void save() {
            // What JGit measures about the file system is measured again by the next process.
        }

        @Override
        public boolean isOutdated() {
            return false;
        }
    }
}
