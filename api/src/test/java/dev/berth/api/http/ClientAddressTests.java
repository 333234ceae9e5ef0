package dev.berth.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.domain.AddressRange;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ClientAddressTests {
    private static final Set<AddressRange> PROXIES =
            Set.of(AddressRange.parse("10.0.0.0/8"), AddressRange.parse("2001:db8::/32"));

    @Test
    void addressesOfOneNetworkOfIpv6ShareABucket() {
        assertThat(ClientAddress.customer("2001:db8::1")).isEqualTo(ClientAddress.customer("2001:db8::ffff:1"));
        assertThat(ClientAddress.customer("2001:db8::1")).isNotEqualTo(ClientAddress.customer("2001:db8:0:1::1"));
        assertThat(ClientAddress.customer("192.0.2.1")).isNotEqualTo(ClientAddress.customer("192.0.2.2"));
    }

    @Test
    void withoutATrustedProxyThePeerIsTheCallerWhateverItSays() {
        assertThat(ClientAddress.behind("192.0.2.1", List.of("198.51.100.1"), Set.of()))
                .isEqualTo("192.0.2.1");
        assertThat(ClientAddress.behind("192.0.2.1", List.of("198.51.100.1"), PROXIES))
                .isEqualTo("192.0.2.1");
    }

    @Test
    void aTrustedProxySaysWhoIsBehindItAndWhatTheCallerWroteBeforeProvesNothing() {
        assertThat(ClientAddress.behind("10.1.2.3", List.of("203.0.113.9", "198.51.100.1"), PROXIES))
                .isEqualTo("198.51.100.1");
        assertThat(ClientAddress.behind("10.1.2.3", List.of("203.0.113.9", "198.51.100.1", "10.9.9.9"), PROXIES))
                .isEqualTo("198.51.100.1");
        assertThat(ClientAddress.behind("2001:db8::5", List.of("198.51.100.1"), PROXIES))
                .isEqualTo("198.51.100.1");
    }

    @Test
    void whatIsNoAddressEndsTheSearch() {
        assertThat(ClientAddress.behind("10.1.2.3", List.of("203.0.113.9", "evil.example"), PROXIES))
                .isEqualTo("10.1.2.3");
        assertThat(ClientAddress.behind("10.1.2.3", List.of(""), PROXIES)).isEqualTo("10.1.2.3");
        assertThat(ClientAddress.behind("10.1.2.3", List.of(), PROXIES)).isEqualTo("10.1.2.3");
    }

    @Test
    void aRangeEndsAtItsBits() {
        AddressRange range = AddressRange.parse("192.0.2.128/25");
        assertThat(range.contains(java.net.InetAddress.ofLiteral("192.0.2.129")))
                .isTrue();
        assertThat(range.contains(java.net.InetAddress.ofLiteral("192.0.2.127")))
                .isFalse();
        assertThat(range.contains(java.net.InetAddress.ofLiteral("::1"))).isFalse();
    }
}
