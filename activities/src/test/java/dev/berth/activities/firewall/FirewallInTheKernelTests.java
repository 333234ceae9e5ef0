package dev.berth.activities.firewall;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.testkit.RealPart;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** The real packet filter, of a network namespace that ends with the test: whatever is set there, this machine keeps its own. */
final class FirewallInTheKernelTests {
    @Test
    @RealPart("docker")
    void theKernelTakesKeepsAndGivesBackWhatIsPlanned() throws Exception {
        Assumptions.assumeTrue("root".equals(System.getProperty("user.name")), "only root sets a firewall");
        Process process = new ProcessBuilder(List.of(
                        "unshare",
                        "--net",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        FirewallMain.class.getName()))
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
        assertThat(said.lines()).as(said).hasSize(11).allMatch(line -> line.startsWith("yes: "));
    }
}
