package dev.berth.activities.firewall;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.domain.outbound.AddressRange;
import java.util.List;
import org.junit.jupiter.api.Test;

final class HostResolversTests {
    @Test
    void theServersThatContainersAskAreThoseThatAreNotOnLoopback() {
        assertThat(HostResolvers.of(List.of(
                        "# made by hand",
                        "search example.org",
                        "nameserver 127.0.0.53",
                        "nameserver  10.0.0.2",
                        "nameserver 10.0.0.2",
                        "nameserver fe80::1%eth0",
                        "nameserver 2606:4700:4700::1111",
                        "options edns0")))
                .containsExactly(AddressRange.of("10.0.0.2"), AddressRange.of("2606:4700:4700::1111"));
    }
}
