package dev.berth.local.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.failpoints.NextVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;

/** The jars of a build that comes after the stack's: the same, with a workflow changed. */
final class NextBuild {
    private static final String INTERCEPTORS = "META-INF/services/io.temporal.common.interceptors.WorkerInterceptor";
    private static final String FAILPOINTS = "failpoints.jar";

    private final Path jars;

    private NextBuild(Path jars) {
        this.jars = jars;
    }

    /** @param folder a new one, which stays while the stack runs */
    static NextBuild in(Path folder) throws IOException {
        Path present = Path.of(RunningBerth.variable("BERTH_JARS"));
        Files.createDirectories(folder);
        for (String jar : List.of("local.jar", "api.jar", "temporal-worker.jar")) {
            Files.copy(present.resolve(jar), folder.resolve(jar));
        }
        change(present.resolve(FAILPOINTS), folder.resolve(FAILPOINTS));
        return new NextBuild(folder);
    }

    private static void change(Path from, Path to) throws IOException {
        try (JarFile present = new JarFile(from.toFile());
                JarOutputStream next = new JarOutputStream(Files.newOutputStream(to))) {
            for (JarEntry entry : present.stream().toList()) {
                next.putNextEntry(new JarEntry(entry.getName()));
                try (InputStream content = present.getInputStream(entry)) {
                    content.transferTo(next);
                }
                if (entry.getName().equals(INTERCEPTORS)) {
                    next.write(("\n" + NextVersion.class.getName() + "\n").getBytes(StandardCharsets.UTF_8));
                }
                next.closeEntry();
            }
        }
    }

    /** {@code ./berth up -d} of this build, on the stack that another one started. */
    String up() {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-jar"));
        command.addAll(List.of(jars.resolve("local.jar").toString(), "up", "-d"));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        settings().forEach((name, value) -> builder.environment().put((String) name, (String) value));
        builder.environment().put("BERTH_JARS", jars.toString());
        try {
            Path output = Files.createTempFile(jars, "up", ".log");
            Process process = builder.redirectOutput(output.toFile()).start();
            assertThat(process.waitFor(5, TimeUnit.MINUTES)).as("end of up").isTrue();
            String words = Files.readString(output);
            assertThat(process.exitValue()).as(words).isZero();
            return words;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** With which the stack was started; others would start parts anew that have not changed. */
    private static Properties settings() {
        Properties settings = new Properties();
        try (InputStream file = Files.newInputStream(Path.of(RunningBerth.variable("BERTH_TEST_SETTINGS")))) {
            settings.load(file);
            return settings;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
