package dev.berth.activities.image;

import dev.berth.activities.image.StorePaths.StorePath;
import dev.berth.domain.Volume;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a program expects around it besides the store: accounts, {@code /tmp}, a home, and links to what the closure has.
 *
 * @param links path in the image to where it points
 */
record Skeleton(SortedMap<String, String> links) {
    private static final int APP = 1000;
    /**
     * What a container gets memory for. The engine gives that memory the mode of the folder that it covers, and root as its
     * owner, so the folder must be open to all for the app to write there.
     */
    private static final SortedSet<String> WRITABLE = new TreeSet<>(List.of("home/app", "tmp"));

    /** An empty volume that covers it gets its owner and its mode. */
    private static final String VOLUME = Volume.FOLDER.substring(1);

    private static final Set<String> APPS = Set.of("home/app", VOLUME);

    private static final Map<String, String> FILES = new TreeMap<>(Map.of(
            "etc/passwd", "root:x:0:0::/:/bin/sh\napp:x:1000:1000::/home/app:/bin/sh\n",
            "etc/group", "root:x:0:\napp:x:1000:\n",
            "etc/nsswitch.conf", "hosts: files dns\n"));
    private static final List<String> CERTIFICATES =
            List.of("etc/ssl/certs/ca-bundle.crt", "etc/ssl/certs/ca-certificates.crt");

    private static final String CERTIFICATES_LINK = "/etc/ssl/certs/ca-certificates.crt";

    /** Where the image has the probe that the engine runs as a health check. */
    private static final String PROBE_LINK = "/bin/berth-probe";

    static Skeleton of(StorePaths store, List<StorePath> closure) {
        SortedMap<String, String> links = new TreeMap<>();
        links.put(PROBE_LINK, probe(store, closure));
        for (StorePath path : closure) {
            if (Files.isExecutable(store.physical(path.path()).resolve("bin/busybox"))) {
                links.putIfAbsent("/bin/sh", path.path() + "/bin/busybox");
                links.putIfAbsent("/usr/bin/env", path.path() + "/bin/busybox");
            }
            for (String file : CERTIFICATES) {
                if (Files.isRegularFile(store.physical(path.path()).resolve(file))) {
                    links.putIfAbsent(CERTIFICATES_LINK, path.path() + "/" + file);
                }
            }
        }
        return new Skeleton(links);
    }

    Optional<String> certificates() {
        return links.containsKey(CERTIFICATES_LINK) ? Optional.of(CERTIFICATES_LINK) : Optional.empty();
    }

    /** Everything that the layer's bytes depend on. */
    String content() {
        return "skeleton\n" + VOLUME + "\n" + WRITABLE + "\n" + FILES + "\n" + links;
    }

    void fill(LayerWriter layer) throws IOException {
        SortedSet<String> folders = new TreeSet<>();
        links.keySet().forEach(link -> addFolders(link.substring(1), folders));
        FILES.keySet().forEach(file -> addFolders(file, folders));
        addFolders("home/app/.", folders);
        folders.add("tmp");
        folders.add(VOLUME);
        for (String folder : folders) {
            int owner = APPS.contains(folder) ? APP : 0;
            layer.folder(folder, WRITABLE.contains(folder) ? 01777 : 0755, owner);
        }
        for (Map.Entry<String, String> file : FILES.entrySet()) {
            layer.file(file.getKey(), file.getValue());
        }
        for (Map.Entry<String, String> link : links.entrySet()) {
            layer.link(link.getKey().substring(1), link.getValue());
        }
    }

    private static void addFolders(String path, SortedSet<String> folders) {
        for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
            folders.add(path.substring(0, slash));
        }
    }

    /** {@code nix-support/berth-probe} of the output is a link to the probe, or a file that holds its path. */
    private static String probe(StorePaths store, List<StorePath> closure) {
        String output = closure.getLast().path();
        Path pointer = store.physical(output).resolve("nix-support/berth-probe");
        try {
            String path = Files.isSymbolicLink(pointer)
                    ? Files.readSymbolicLink(pointer).toString()
                    : Files.readString(pointer).strip();
            if (closure.stream().noneMatch(member -> path.startsWith(member.path() + "/"))
                    || !Files.isExecutable(store.physical(path))) {
                throw new IllegalStateException("The probe of " + output + " is not in its closure: " + path);
            }
            return path;
        } catch (IOException absent) {
            throw new UncheckedIOException("The output " + output + " does not say where its probe is", absent);
        }
    }
}
