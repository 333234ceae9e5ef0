package dev.berth.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** {@code docker-compose.yml} as it is written, part by part. */
final class ComposeFile {
    static final Path HOME = Path.of("..");

    private ComposeFile() {}

    static String text() throws IOException {
        return Files.readString(HOME.resolve("docker-compose.yml"));
    }

    static String part(String name) throws IOException {
        return part(text(), name);
    }

    /** @param file this one, or what Compose makes of it */
    static String part(String file, String name) {
        return Pattern.compile("(?ms)^  " + name + ":$.*?(?=^ {0,2}\\S|\\z)")
                .matcher(file)
                .results()
                .map(MatchResult::group)
                .findFirst()
                .orElseThrow();
    }

    /** What the part's shell is given, as the container sees it. */
    static String script(String part) throws IOException {
        String text = part(part);
        String begin = "    command:\n      - |\n";
        return text.substring(text.indexOf(begin) + begin.length())
                .lines()
                .takeWhile(line -> line.startsWith("        "))
                .map(String::strip)
                .collect(Collectors.joining("\n"))
                .replace("$$", "$");
    }

    /** What the command prints, in the folder, where it ends with the status. */
    static String run(Path folder, List<String> command, int status) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(output).isEqualTo(status);
        return output;
    }
}
