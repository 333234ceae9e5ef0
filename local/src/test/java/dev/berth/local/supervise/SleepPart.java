package dev.berth.local.supervise;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A real child process that does nothing, and a part that counts how often it was started. */
final class SleepPart implements Part {
    final AtomicInteger starts = new AtomicInteger();
    volatile boolean answering = true;
    volatile String print = "print";
    volatile boolean printFault;
    /** What a look at it fails with; none when empty. */
    volatile String fault = "";

    private final String name;
    private final List<String> needs;
    private final Path folder;

    SleepPart(String name, Path folder, String... needs) {
        this.name = name;
        this.folder = folder;
        this.needs = List.of(needs);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<String> needs() {
        return needs;
    }

    @Override
    public Optional<String> missing() {
        return Optional.empty();
    }

    @Override
    public String fingerprint() {
        if (printFault) {
            throw new IllegalStateException("no fingerprint");
        }
        return print;
    }

    @Override
    public ProcessIdentity start() throws Exception {
        starts.incrementAndGet();
        return new Launch(
                        List.of("sleep", "300"), Map.of("PATH", "/usr/bin:/bin"), folder, folder.resolve(name + ".log"))
                .start();
    }

    @Override
    public boolean alive(ProcessIdentity identity) {
        if (!fault.isEmpty()) {
            throw new IllegalStateException(fault);
        }
        return identity.alive();
    }

    @Override
    public boolean answers() {
        return answering;
    }

    @Override
    public void stop(ProcessIdentity identity) {
        Signals.end(identity, "TERM", Duration.ofSeconds(5));
    }
}
