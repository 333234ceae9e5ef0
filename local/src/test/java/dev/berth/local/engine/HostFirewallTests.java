package dev.berth.local.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.berth.domain.outbound.AddressRange;
import dev.berth.local.LocalFailure;
import org.junit.jupiter.api.Test;

final class HostFirewallTests {
    @Test
    void anOperatorMayOpenPrivateNetworksToApps() {
        assertThat(HostFirewall.allowed(" 10.20.0.0/16, 192.168.7.9 ,"))
                .containsExactly(AddressRange.of("10.20.0.0/16"), AddressRange.of("192.168.7.9/32"));
        assertThat(HostFirewall.allowed("")).isEmpty();
    }

    @Test
    void aMistakeThereIsToldAndOpensNothing() {
        assertThatExceptionOfType(LocalFailure.class)
                .isThrownBy(() -> HostFirewall.allowed("10.20.0.0/99"))
                .withMessageContaining("APPS_MAY_REACH")
                .withMessageContaining("10.20.0.0/16");
    }
}
