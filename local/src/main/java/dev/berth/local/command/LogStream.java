package dev.berth.local.command;

import dev.berth.local.Folders;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/**
 * The parts' log files as one stream, and their bound: a file past the limit is copied aside and emptied. Its writer holds it
 * open in append mode, so it goes on at the new end.
 */
public final class LogStream {
    private static final long LIMIT_BYTES = 8L << 20;
    private static final int CHUNK = 1 << 16;

    private final Folders folders;
    private final Map<Path, Long> offsets = new HashMap<>();

    public LogStream(Folders folders) {
        this.folders = folders;
    }

    /** Later calls of {@link #drain} give only what is written from now on. */
    public void skipPresent() throws IOException {
        for (Path file : files()) {
            offsets.put(file, Files.size(file));
        }
    }

    /** Hands over each new whole line with its part's name. */
    public void drain(BiConsumer<String, String> lines) throws IOException {
        for (Path file : files()) {
            long start = Math.min(offsets.getOrDefault(file, 0L), Files.size(file));
            offsets.put(file, start + read(file, start, line -> lines.accept(part(file), line)));
        }
    }

    /** Empties files that have grown too long; the last part of each is kept beside it as {@code .1}. */
    public void bound() throws IOException {
        for (Path file : files()) {
            if (Files.size(file) > LIMIT_BYTES) {
                Files.copy(file, file.resolveSibling(file.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
                try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                    channel.truncate(0);
                }
                offsets.put(file, 0L);
            }
        }
    }

    /** The last lines of one part's file; none where it has none. */
    public static List<String> tail(Folders folders, String part, int count) throws IOException {
        Path file = folders.log(part);
        if (Files.notExists(file)) {
            return List.of();
        }
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "r")) {
            long start = Math.max(0, open.length() - (1 << 18));
            open.seek(start);
            byte[] bytes = new byte[(int) (open.length() - start)];
            open.readFully(bytes);
            List<String> lines =
                    new String(bytes, StandardCharsets.UTF_8).lines().toList();
            return lines.subList(Math.max(0, lines.size() - count), lines.size());
        }
    }

    private List<Path> files() throws IOException {
        if (Files.notExists(folders.logs())) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folders.logs())) {
            return files.filter(file -> file.toString().endsWith(".log"))
                    .sorted()
                    .toList();
        }
    }

    private static String part(Path file) {
        String name = file.getFileName().toString();
        return name.substring(0, name.length() - ".log".length());
    }

    private static int read(Path file, long start, java.util.function.Consumer<String> lines) throws IOException {
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "r")) {
            open.seek(start);
            byte[] bytes = new byte[(int) Math.min(CHUNK, Math.max(0, open.length() - start))];
            open.readFully(bytes);
            int end = bytes.length;
            while (end > 0 && bytes[end - 1] != '\n') {
                end--;
            }
            // A line longer than the chunk is cut rather than waited for.
            end = end == 0 && bytes.length == CHUNK ? CHUNK : end;
            new String(bytes, 0, end, StandardCharsets.UTF_8).lines().forEach(lines);
            return end;
        }
    }
}
