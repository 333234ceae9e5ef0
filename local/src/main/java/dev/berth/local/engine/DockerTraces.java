package dev.berth.local.engine;

import dev.berth.local.install.Programs;
import dev.berth.local.supervise.Pause;
import dev.berth.local.supervise.Signals;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What an engine of our own leaves on the machine when it ends, and more so when it is killed: containerd and its shims,
 * containers, control groups, mounts, bridges, packet filter rules. All found by our own paths and names.
 */
public final class DockerTraces {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final Path execRoot;
    private final Path data;
    private final String cgroup;
    private final PacketFilter filter;

    DockerTraces(Path execRoot, Path data, String cgroup, Path networkBefore) {
        this.execRoot = execRoot;
        this.data = data;
        this.cgroup = cgroup;
        this.filter = new PacketFilter(networkBefore);
    }

    /** Notes what the engine is about to change. */
    void remember() throws IOException {
        filter.remember();
    }

    /** Removes what is left. Does nothing while any engine runs on this network. */
    void clear() {
        try {
            endProcesses();
            removeControlGroups();
            unmount();
            if (!anotherEngineRuns() && filter.remembered()) {
                removeBridges();
                filter.restore();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether a dockerd runs in our network namespace. */
    public static boolean anotherEngineRuns() throws IOException {
        Path ours = Files.readSymbolicLink(Path.of("/proc/self/ns/net"));
        try (Stream<Path> processes = processes()) {
            return processes
                    .filter(folder -> "dockerd".equals(command(folder)))
                    .anyMatch(folder -> network(folder).filter(ours::equals).isPresent());
        }
    }

    private static Stream<Path> processes() throws IOException {
        return Files.list(Path.of("/proc"))
                .filter(folder -> folder.getFileName().toString().chars().allMatch(Character::isDigit));
    }

    static String command(Path process) {
        try {
            return Files.readString(process.resolve("comm")).strip();
        } catch (IOException gone) {
            return "";
        }
    }

    private static Optional<Path> network(Path process) {
        try {
            return Optional.of(Files.readSymbolicLink(process.resolve("ns/net")));
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    private void endProcesses() throws IOException {
        for (String signal : List.of("TERM", "KILL")) {
            List<String> left = ours();
            left.forEach(pid -> Signals.send(signal, pid));
            if (left.isEmpty() || Pause.until(this::nothingRuns, Duration.ofSeconds(5))) {
                return;
            }
        }
    }

    private boolean nothingRuns() {
        try {
            return ours().isEmpty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Processes that were started with our folder on their command line, and all in our control group. */
    private List<String> ours() throws IOException {
        String mark = execRoot + "/";
        try (Stream<Path> processes = processes()) {
            return processes
                    .filter(folder -> read(folder.resolve("cmdline")).contains(mark)
                            || read(folder.resolve("cgroup")).lines().anyMatch(this::inOurGroup))
                    .filter(folder -> !read(folder.resolve("cmdline")).isEmpty())
                    .map(folder -> folder.getFileName().toString())
                    .filter(pid ->
                            !pid.equals(Long.toString(ProcessHandle.current().pid())))
                    .toList();
        }
    }

    private boolean inOurGroup(String line) {
        return line.endsWith(":" + cgroup) || line.contains(":" + cgroup + "/");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1);
        } catch (IOException gone) {
            return "";
        }
    }

    private void removeControlGroups() throws IOException {
        Path top = Path.of("/sys/fs/cgroup");
        String name = cgroup.substring(1);
        try (Stream<Path> hierarchies = Files.list(top)) {
            for (Path group : Stream.concat(hierarchies.map(path -> path.resolve(name)), Stream.of(top.resolve(name)))
                    .filter(Files::isDirectory)
                    .toList()) {
                removeEmptyFolders(group);
            }
        }
    }

    /** A control group is removed by rmdir alone; its files are not there to delete. */
    private static void removeEmptyFolders(Path group) throws IOException {
        try (Stream<Path> tree = Files.walk(group)) {
            for (Path folder : tree.filter(Files::isDirectory)
                    .sorted(Comparator.reverseOrder())
                    .toList()) {
                try {
                    Files.deleteIfExists(folder);
                } catch (IOException busy) {
                    // The kernel lets go of it a little later; an empty group does no harm.
                }
            }
        }
    }

    private void unmount() throws IOException {
        List<String> mounts = Files.readAllLines(Path.of("/proc/self/mountinfo")).stream()
                .map(line -> line.split(" ")[4].replace("\\040", " "))
                .filter(point ->
                        Path.of(point).startsWith(execRoot) || Path.of(point).startsWith(data))
                .sorted(Comparator.reverseOrder())
                .toList();
        for (String point : mounts) {
            Programs.run(LIMIT, "umount", "-l", point);
        }
    }

    private static void removeBridges() throws IOException {
        if (Programs.find("ip").isEmpty()) {
            return;
        }
        for (Path link : links()) {
            String name = link.getFileName().toString();
            if (name.equals("docker0") || name.equals("docker_gwbridge") || name.matches("br-[0-9a-f]{12}")) {
                Programs.run(LIMIT, "ip", "link", "delete", name);
            }
        }
    }

    private static List<Path> links() throws IOException {
        try (Stream<Path> links = Files.list(Path.of("/sys/class/net"))) {
            return links.toList();
        }
    }
}
