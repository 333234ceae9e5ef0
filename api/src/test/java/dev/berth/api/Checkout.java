package dev.berth.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The files of this checkout, for tests that hold documents against code. */
public final class Checkout {
    public static final Path HOME = Path.of("..").toAbsolutePath().normalize();

    private Checkout() {}

    public static String read(String path) {
        return read(HOME.resolve(path));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The Java of every module but the benches, tests left out: text by path. */
    public static Map<String, String> production() {
        try (Stream<Path> modules = Files.list(HOME)) {
            return modules.filter(module -> !module.endsWith("bench"))
                    .map(module -> module.resolve("src/main/java"))
                    .filter(Files::isDirectory)
                    .flatMap(folder -> texts(folder, ".java").entrySet().stream())
                    .collect(
                            Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (one, same) -> one, TreeMap::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Text by path, of files below a folder whose names end so. */
    public static Map<String, String> texts(Path folder, String... ends) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> Arrays.stream(ends).anyMatch(file.toString()::endsWith))
                    .collect(Collectors.toMap(
                            file -> HOME.relativize(file).toString(),
                            Checkout::read,
                            (one, same) -> one,
                            TreeMap::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The cells of the rows of the table under a heading, the head left out. */
    public static List<List<String>> table(String document, String heading) {
        String text = read(document);
        int from = text.indexOf("\n## " + heading + "\n");
        if (from < 0) {
            throw new IllegalArgumentException(document + " has no heading " + heading);
        }
        int next = text.indexOf("\n## ", from + 1);
        return text.substring(from, next < 0 ? text.length() : next)
                .lines()
                .filter(line -> line.startsWith("|"))
                .skip(2)
                .map(line -> Arrays.stream(line.substring(1, line.length() - 1).split(" \\| "))
                        .map(String::strip)
                        .toList())
                .toList();
    }
}
