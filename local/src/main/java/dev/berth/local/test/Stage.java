package dev.berth.local.test;

import dev.berth.local.supervise.Pause;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One command of the test run, shown as it goes, with a budget of time; its whole process tree ends with it. */
final class Stage {
    private final PrintStream out;
    private volatile @org.jspecify.annotations.Nullable Process running;

    Stage(PrintStream out) {
        this.out = out;
    }

    /** @return whether it ended with status 0 in time */
    boolean run(String name, Duration budget, Path folder, Map<String, String> additions, List<String> command)
            throws IOException {
        out.println("\n── " + name);
        Instant begin = Instant.now();
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(additions);
        Process process = builder.start();
        running = process;
        boolean ended = false;
        try {
            ended = process.waitFor(budget.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!ended) {
            out.println(name + " took longer than " + budget.toMinutes() + " min and was ended");
            end();
        }
        running = null;
        boolean succeeded = ended && process.exitValue() == 0;
        out.printf(
                "── %s: %s after %d s%n",
                name,
                succeeded ? "done" : "not done",
                Duration.between(begin, Instant.now()).toSeconds());
        return succeeded;
    }

    /** Ends what runs now, if anything does. */
    void end() {
        Process process = running;
        if (process == null) {
            return;
        }
        List<ProcessHandle> tree = process.descendants().toList();
        process.destroy();
        tree.forEach(ProcessHandle::destroy);
        Pause.until(
                () -> !process.isAlive() && tree.stream().noneMatch(ProcessHandle::isAlive), Duration.ofSeconds(10));
        tree.forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
