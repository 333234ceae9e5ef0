package dev.berth.local.demo;

import dev.berth.local.LocalFailure;
import dev.berth.local.install.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A repository with one branch, {@code main}, whose commits are whole examples. */
final class Repository {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Path bare;
    private final Path work;

    /** @param folder holds the repository and its work tree; made where it is missing */
    Repository(Path folder) throws IOException {
        this.bare = folder.resolve("served").resolve("hello.git");
        this.work = folder.resolve("work");
        Files.createDirectories(bare.getParent());
        Files.createDirectories(work);
        if (Files.notExists(bare.resolve("HEAD"))) {
            git("init", "--quiet", "--initial-branch=main");
        }
    }

    /** The folder to serve; the repository is {@code hello.git} in it. */
    Path served() {
        return bare.getParent();
    }

    /** Makes the branch's head an example, changed by replacing some texts; the same content commits again all the same. */
    String commit(Path example, Map<String, String> replacements, String message) throws IOException {
        git("rm", "-r", "--quiet", "--force", "--ignore-unmatch", ".");
        try (Stream<Path> files = Files.walk(example)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = work.resolve(example.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
                for (Map.Entry<String, String> replacement : replacements.entrySet()) {
                    replace(copy, replacement.getKey(), replacement.getValue());
                }
            }
        }
        git("add", "--all");
        git("commit", "--quiet", "--allow-empty", "--message", message);
        return git("rev-parse", "HEAD").strip();
    }

    private static void replace(Path file, String text, String by) throws IOException {
        String content = Files.readString(file);
        if (content.contains(text)) {
            Files.writeString(file, content.replace(text, by));
        }
    }

    private String git(String... arguments) throws IOException {
        List<String> command =
                Stream.concat(Stream.of("git"), Stream.of(arguments)).toList();
        Map<String, String> environment = new HashMap<>(isolated());
        environment.put("GIT_DIR", bare.toString());
        environment.put("GIT_WORK_TREE", work.toString());
        Programs.Result result = Programs.run(LIMIT, environment, command);
        if (!result.succeeded()) {
            throw new LocalFailure("git " + arguments[0] + " failed: " + result.output());
        }
        return result.output();
    }

    /** Nobody's own configuration has a say in the demonstration. */
    static Map<String, String> isolated() {
        return Map.of(
                "GIT_CONFIG_NOSYSTEM", "1",
                "GIT_CONFIG_GLOBAL", "/dev/null",
                "GIT_AUTHOR_NAME", "Berth demo",
                "GIT_AUTHOR_EMAIL", "demo@localhost",
                "GIT_COMMITTER_NAME", "Berth demo",
                "GIT_COMMITTER_EMAIL", "demo@localhost");
    }
}
