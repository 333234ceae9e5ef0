package dev.berth.local.parts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** One of Berth's own processes: the API or the Temporal worker. */
final class JavaProcess extends ProcessPart {
    private final Path jar;
    private final Optional<Path> beside;
    private final Map<String, String> settings;
    private final BooleanSupplier free;
    private final BooleanSupplier answering;

    /**
     * @param beside a jar that its class path holds too
     * @param free whether its port is free before a start; false fails the start
     * @param answering asked after the start
     */
    JavaProcess(
            String name,
            List<String> needs,
            Path log,
            Path jar,
            Optional<Path> beside,
            Map<String, String> settings,
            BooleanSupplier free,
            BooleanSupplier answering) {
        super(name, needs, log);
        this.jar = jar;
        this.beside = beside;
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
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow"));
        command.addAll(beside.map(other -> List.of(
                        "-Dloader.path=" + other,
                        "-cp",
                        jar.toString(),
                        // The one of the jar's own launchers that takes more than the jar.
                        "org.springframework.boot.loader.launch.PropertiesLauncher"))
                .orElseGet(() -> List.of("-jar", jar.toString())));
        return command;
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
