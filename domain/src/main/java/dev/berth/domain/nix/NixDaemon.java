package dev.berth.domain.nix;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A Nix store of Berth's own below one folder, and the daemon that guards it.
 *
 * <p>It is what Nix calls a chroot store: paths read {@code /nix/store/…} everywhere, in images too, and lie in
 * {@code ROOT/nix/store}. So the machine's own Nix, if it has one, is neither used nor touched, and removing the folder
 * removes everything. Building in such a store needs the daemon to run as root.
 *
 * @param root absolute; short, since the socket's path has at most 107 bytes
 */
public record NixDaemon(Path root) {
    /** The group whose members run builds, one build each. */
    public static final String BUILD_GROUP = "nixbld";

    private static final int BUILD_USERS = 16;

    /** Of 1,000, which Linux adds to how much of the memory a process has; see proc(5), oom_score_adj. */
    public static final int FIRST_TO_GO = 900;

    /** A bundler with a worker on each processor has some hundred threads. */
    public static final int BUILD_PROCESSES = 2_048;

    /** Of what a process may write to in its memory; Node.js gives itself at most about this much on 64 bits. */
    public static final long PROCESS_BYTES = 4L << 30;

    private static final long FILE_BYTES = 8L << 30;

    /** The root becomes part of a store address, where other characters have a meaning. */
    private static final Pattern PLAIN = Pattern.compile("/[A-Za-z0-9._/+-]{1,80}");

    public NixDaemon {
        requireNonNull(root, "root is null");
        if (!PLAIN.matcher(root.toString()).matches()) {
            throw new IllegalArgumentException(
                    "A Nix store's root is an absolute path of at most 80 plain characters (letters, digits, . _ / + -): "
                            + root);
        }
        root = root.normalize();
    }

    public Path socket() {
        return root.resolve("daemon.sock");
    }

    /** The folder for {@code nix.conf}; daemon and clients read this one and no other. */
    public Path configurationFolder() {
        return root.resolve("etc");
    }

    /** Where builds happen; must exist before the daemon starts. A killed daemon leaves folders here, free to delete then. */
    public Path buildFolder() {
        return root.resolve("builds");
    }

    /** Symbolic links below it keep store paths from the garbage collector. */
    public Path rootsFolder() {
        return root.resolve("nix/var/nix/gcroots/berth");
    }

    /** Where a path of the store lies on this machine. */
    public Path physical(String storePath) {
        if (!storePath.startsWith("/nix/store/") || storePath.contains("/../")) {
            throw new IllegalArgumentException("Not a path of the store: " + storePath);
        }
        return root.resolve(storePath.substring(1));
    }

    /**
     * Starts the daemon in the foreground; it is ready when {@link #socket()} accepts. SIGTERM ends it with its builds.
     *
     * <p>Builds are other people's programs on the platform's own host. They inherit that they give way to everything else on the
     * processors and are the first to go where memory runs out, and may have so much each: processes of one build's user,
     * bytes of data of one process, bytes of one file.
     */
    public List<String> command() {
        return List.of(
                "nice",
                "-n",
                "10",
                "choom",
                "-n",
                Integer.toString(FIRST_TO_GO),
                "--",
                "prlimit",
                "--nproc=" + BUILD_PROCESSES,
                "--data=" + PROCESS_BYTES,
                "--fsize=" + FILE_BYTES,
                "--core=0",
                "nix-daemon",
                "--store",
                "local?root=" + root);
    }

    /** The daemon's whole environment; it takes nothing from whoever starts it. */
    public Map<String, String> environment() {
        return Map.of(
                "PATH",
                "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin",
                "HOME",
                "/nonexistent",
                "LC_ALL",
                "C.UTF-8",
                "TMPDIR",
                buildFolder().toString(),
                "NIX_CONF_DIR",
                configurationFolder().toString(),
                "NIX_DAEMON_SOCKET_PATH",
                socket().toString());
    }

    /** The whole environment of a Nix command that works on this store through its daemon. */
    public Map<String, String> clientEnvironment() {
        return Map.of(
                "PATH", "/usr/local/bin:/usr/bin:/bin",
                "HOME", "/nonexistent",
                "LC_ALL", "C.UTF-8",
                "NIX_PATH", "",
                "NIX_CONF_DIR", configurationFolder().toString(),
                "NIX_REMOTE", "unix://" + socket() + "?root=" + root);
    }

    /**
     * The text of {@code nix.conf} in {@link #configurationFolder()}.
     *
     * @param processors how many builds may run at once, and how many processors one may use
     */
    public String configuration(int processors) {
        return """
                # Written by Berth at each start.
                build-users-group = %s
                # A build sees its inputs and nothing else; where that cannot be had, it does not run.
                sandbox = true
                sandbox-fallback = false
                sandbox-paths =
                # Nothing comes from elsewhere unasked.
                substituters =
                builders =
                restrict-eval = true
                allowed-uris =
                allow-import-from-derivation = false
                trusted-users = root
                allowed-users = root
                # A root on a derivation keeps its prefetched inputs too, which no output refers to.
                keep-outputs = true
                keep-derivations = true
                max-jobs = %d
                cores = %d
                timeout = 1800
                max-silent-time = 900
                max-build-log-size = 16777216
                """.formatted(BUILD_GROUP, processors, processors);
    }

    /**
     * The group and its users, in the order in which to make them. Run the command of each that {@code getent DATABASE NAME}
     * does not know.
     */
    public static List<Account> accounts() {
        return Stream.concat(
                        Stream.of(new Account("group", BUILD_GROUP, List.of("groupadd", "--system", BUILD_GROUP))),
                        IntStream.rangeClosed(1, BUILD_USERS).mapToObj(number -> user(BUILD_GROUP + number)))
                .toList();
    }

    private static Account user(String name) {
        return new Account(
                "passwd",
                name,
                List.of(
                        "useradd",
                        "--system",
                        "--no-create-home",
                        "--home-dir",
                        "/nonexistent",
                        "--shell",
                        "/usr/sbin/nologin",
                        "--gid",
                        BUILD_GROUP,
                        "--groups",
                        BUILD_GROUP,
                        name));
    }

    /**
     * One account of the system.
     *
     * @param database of {@code getent} that knows the account: {@code group} or {@code passwd}
     * @param command makes it
     */
    public record Account(String database, String name, List<String> command) {}
}
