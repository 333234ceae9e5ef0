package dev.berth.local.supervise;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How to start a process that outlives its starter: in a session of its own, so that Ctrl-C at the terminal reaches the
 * launcher alone, with its output appended to a file, so that a dead launcher breaks no pipe.
 *
 * @param environment its whole environment
 */
public record Launch(List<String> command, Map<String, String> environment, Path folder, Path log) {
    public Launch {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
        if (command.isEmpty()) {
            throw new IllegalArgumentException("A command has at least a program");
        }
    }

    public ProcessIdentity start() throws IOException {
        Files.createDirectories(log.getParent());
        List<String> line = new ArrayList<>(List.of("setsid"));
        line.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(line)
                .directory(folder.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().clear();
        builder.environment().putAll(environment);
        // setsid(1) forks only when it leads its group, which a child never does: the id stays that of the program.
        Process process = builder.start();
        return ProcessIdentity.of(process.pid())
                .orElseThrow(() -> new IOException(command.getFirst() + " ended at once; its words are in " + log));
    }
}
