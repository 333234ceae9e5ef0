package dev.berth.local.parts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** One of Berth's own processes: the API or the Temporal worker. */
final class JavaProcess extends ProcessPart {
    private final Path jar;
    private final Map<String, String> settings;
    private final BooleanSupplier free;
    private final BooleanSupplier answering;

    /**
     * @param free whether its port is free before a start; false fails the start
     * @param answering asked after the start
     */
    JavaProcess(
            String name,
            List<String> needs,
            Path log,
            Path jar,
            Map<String, String> settings,
            BooleanSupplier free,
            BooleanSupplier answering) {
        super(name, needs, log);
        this.jar = jar;
        this.settings = Map.copyOf(settings);
        this.free = free;
        this.answering = answering;
    }

    @Override
    public Optional<String> missing() {
        return Files.isRegularFile(jar)
                ? Optional.empty()
                : Optional.of("its jar is not built (" + jar.getFileName() + "); ./berth up builds it");
    }

    @Override
    List<String> command() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-jar",
                jar.toString());
    }

    @Override
    Map<String, String> settings() {
        return settings;
    }

    /** Proxies and package mirrors of this machine reach builds this way. */
    @Override
    Map<String, String> inherited() {
        return System.getenv();
    }

    @Override
    void prepare() throws IOException {
        if (!free.getAsBoolean()) {
            throw new dev.berth.local.LocalFailure("The port of " + name() + " is taken by another process.");
        }
    }

    @Override
    Duration grace() {
        return Duration.ofSeconds(25);
    }

    @Override
    public boolean answers() {
        return answering.getAsBoolean();
    }
}
