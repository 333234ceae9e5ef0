package dev.berth.activities.firewall;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FirewallReportTests {
    private static final Instant EARLIER = Instant.parse("2030-01-01T00:00:00Z");
    private static final Instant NOW = Instant.parse("2030-01-01T00:00:05Z");

    @Test
    void whatWasPutBackStaysKnownOverLooksAndProcesses(@TempDir Path folder) {
        Path file = folder.resolve("new").resolve("firewall");
        FirewallReport report = FirewallReport.NONE
                .repaired(EARLIER, "the rules of iptables were changed")
                .asPlanned(NOW);
        report.write(file);
        assertThat(FirewallReport.read(file)).contains(report);
        assertThat(report.words())
                .isEqualTo("put back 1 time, last at 2030-01-01T00:00:00Z: the rules of iptables were changed; "
                        + "looked at 2030-01-01T00:00:05Z");
    }

    @Test
    void aLookThatFailsIsSaidUntilOneEndsWell(@TempDir Path folder) {
        Path file = folder.resolve("firewall");
        FirewallReport failed = FirewallReport.NONE.failed(EARLIER, "iptables failed:\nno \\ lock");
        failed.write(file);
        assertThat(FirewallReport.read(file).orElseThrow().failure()).contains("iptables failed: no \\ lock");
        assertThat(failed.words()).startsWith("NOT KEPT: ");
        assertThat(failed.asPlanned(NOW).failure()).isEmpty();
    }

    @Test
    void anotherProgramsFileIsNone(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("firewall"), "looked=yesterday\n");
        assertThat(FirewallReport.read(file)).isEmpty();
        assertThat(FirewallReport.read(folder.resolve("absent"))).isEmpty();
    }
}
