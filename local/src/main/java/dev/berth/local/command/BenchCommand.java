package dev.berth.local.command;

import dev.berth.local.LocalFailure;
import dev.berth.local.Port;
import dev.berth.local.demo.ServedExample;
import dev.berth.local.parts.Database;
import dev.berth.local.parts.Stack;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code bench [NAME]}: runs a measurement against the stack, which is started where it does not run. */
public final class BenchCommand {
    private final Stack stack;
    private final PrintStream out;

    public BenchCommand(Stack stack, PrintStream out) {
        this.stack = stack;
        this.out = out;
    }

    public int run(List<String> arguments) throws IOException {
        Path jar = stack.folders().jars().resolve("bench.jar");
        if (Files.notExists(jar)) {
            throw new LocalFailure("The measurements are not built: " + jar + " is missing.");
        }
        if (!arguments.isEmpty() && new Up(stack, out).detached() != 0) {
            throw new LocalFailure("The stack is not complete; there is nothing to measure.");
        }
        try (ServedExample example = new ServedExample(stack.folders(), stack.ports())) {
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", jar.toString()));
            command.addAll(arguments);
            ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
            Database database = new Database(stack.folders(), stack.ports(), stack.keys());
            builder.environment()
                    .putAll(Map.of(
                            "BERTH_BENCH_API", stack.ports().url(Port.API),
                            "BERTH_BENCH_TOKEN", Database.token(stack.folders()).value(),
                            "BERTH_BENCH_GIT", example.url(),
                            "BERTH_BENCH_DATABASE", database.superuserUrl(),
                            "BERTH_BENCH_DATABASE_APP", database.appUrl(),
                            "BERTH_BENCH_TEMPORAL", "127.0.0.1:" + stack.ports().of(Port.TEMPORAL),
                            "BERTH_BENCH_EDGE", stack.ports().url(Port.EDGE),
                            "DOCKER_HOST", stack.engine().host().toString()));
            return builder.start().waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 130;
        }
    }
}
