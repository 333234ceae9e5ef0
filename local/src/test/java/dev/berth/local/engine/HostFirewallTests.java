package dev.berth.local.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.berth.domain.outbound.AddressRange;
import dev.berth.local.LocalFailure;
import dev.berth.settings.FirewallSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class HostFirewallTests {
    private static final Path REPORT = Path.of("/nowhere/firewall");

    @Test
    void anOperatorMayOpenPrivateNetworksToApps() {
        assertThat(settings(" 10.20.0.0/16, 192.168.7.9 ,").allowed())
                .containsExactly(AddressRange.of("10.20.0.0/16"), AddressRange.of("192.168.7.9/32"));
        assertThat(settings("").allowed()).isEmpty();
    }

    @Test
    void aMistakeThereIsToldAndOpensNothing() {
        assertThatExceptionOfType(LocalFailure.class)
                .isThrownBy(() -> settings("10.20.0.0/99"))
                .withMessageContaining("APPS_MAY_REACH")
                .withMessageContaining("10.20.0.0/16");
    }

    @Test
    void thePlainBridgeOfSomebodysEngineIsLeftAlone() {
        assertThat(settings("").bridges()).containsExactly("docker_gwbridge", "docker0");
        assertThat(HostFirewall.settings(false, REPORT, Map.of()).bridges()).containsExactly("docker_gwbridge");
    }

    @Test
    void looksGoOnAfterAFaultThatIsToldOnce() {
        AtomicInteger looks = new AtomicInteger();
        List<String> told = new ArrayList<>();
        HostFirewall.look(
                () -> {
                    if (looks.incrementAndGet() < 4) {
                        throw new UncheckedIOException("The report cannot be written", new IOException("full"));
                    }
                },
                told::add,
                Duration.ofMillis(1));
        assertThat(looks).hasValue(4);
        assertThat(told).containsExactly("The report cannot be written");
    }

    private static FirewallSettings settings(String allowed) {
        return HostFirewall.settings(true, REPORT, Map.of("APPS_MAY_REACH", allowed));
    }
}
