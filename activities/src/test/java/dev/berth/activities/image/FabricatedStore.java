package dev.berth.activities.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Store paths as Nix would lay them out, made by hand in a folder; every output's closure is all that was made before. */
public final class FabricatedStore implements StorePaths {
    private final Path root;
    private final List<String> paths = new ArrayList<>();

    public FabricatedStore(Path root) {
        this.root = root;
    }

    /** A store with a large runtime, small libraries and the probe; returns it with an app on top. */
    public static FabricatedStore withApp(Path root, String source) {
        FabricatedStore store = new FabricatedStore(root);
        String runtime = store.add("runtime");
        byte[] code = new byte[3 << 20];
        new Random(7).nextBytes(code);
        store.write(runtime + "/bin/runtime", code, "rwxrwxr-x");
        for (int i = 0; i < 5; i++) {
            String library = store.add("library" + i);
            store.write(library + "/lib/é" + i + ".so", new byte[i], "rw-rw-r--");
            store.link(library + "/lib/current", "é" + i + ".so");
        }
        String busybox = store.add("busybox");
        store.write(busybox + "/bin/busybox", new byte[] {1}, "r-xr-xr-x");
        store.addProbe();
        store.addApp(source);
        return store;
    }

    private void addProbe() {
        String probe = add("berth-probe");
        write(probe + "/bin/berth-probe", new byte[] {2}, "r-xr-xr-x");
    }

    /** The app; another source gives another path, as with Nix. */
    private void addApp(String source) {
        String probe = paths.getLast();
        String app = add("app-" + HexFormat.of().toHexDigits(source.hashCode()));
        write(app + "/bin/start", "#!/bin/sh\n".getBytes(StandardCharsets.UTF_8), "rwxr-xr-x");
        write(app + "/app/server.js", source.getBytes(StandardCharsets.UTF_8), "rw-rw----");
        write(app + "/app/" + "n".repeat(150) + ".js", new byte[100], "rw-r--r--");
        link(app + "/nix-support/berth-probe", probe + "/bin/berth-probe");
        link(app + "/app/dangling", "/nowhere/at/all");
    }

    public String output() {
        return paths.getLast();
    }

    @Override
    public Path physical(String storePath) {
        return root.resolve(storePath.substring(1));
    }

    @Override
    public List<StorePath> closure(String output) {
        return paths.stream().map(path -> new StorePath(path, bytes(path))).toList();
    }

    private String add(String name) {
        String hash =
                "%32s".formatted(Integer.toUnsignedString(name.hashCode(), 32)).replace(' ', '0');
        String path = "/nix/store/" + hash + "-" + name;
        paths.add(path);
        return path;
    }

    private void write(String path, byte[] content, String mode) {
        try {
            Files.createDirectories(physical(path).getParent());
            Files.write(physical(path), content);
            Files.setPosixFilePermissions(physical(path), PosixFilePermissions.fromString(mode));
        } catch (IOException disk) {
            throw new UncheckedIOException(disk);
        }
    }

    private void link(String path, String target) {
        try {
            Files.createDirectories(physical(path).getParent());
            Files.deleteIfExists(physical(path));
            Files.createSymbolicLink(physical(path), Path.of(target));
        } catch (IOException disk) {
            throw new UncheckedIOException(disk);
        }
    }

    private long bytes(String path) {
        try (Stream<Path> files = Files.walk(physical(path))) {
            return files.filter(file -> !Files.isSymbolicLink(file) && Files.isRegularFile(file))
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        } catch (IOException disk) {
            throw new UncheckedIOException(disk);
        }
    }
}
