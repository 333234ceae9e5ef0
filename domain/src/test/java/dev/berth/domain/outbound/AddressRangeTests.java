package dev.berth.domain.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AddressRangeTests {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.0/8",
                "172.16.0.0/12",
                "100.64.0.0/10",
                "8.8.8.8/32",
                "0.0.0.0/0",
                "2000::/3",
                "2001:db8::/32",
                "::1/128",
                "fe80::/10",
                "2001:0:0:1::/64"
            })
    void isPrintedAsPacketFiltersPrintIt(String text) {
        assertThat(AddressRange.of(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"10.0.0.1/8", "10.0.0.0/33", "10.0.0.0/x", "example.org/8", "10.0.0.0/-1", "; reboot/8", ""})
    void anythingButABlockIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> AddressRange.of(text));
    }

    @Test
    void holdsItsAddressesAndNoOthers() {
        AddressRange range = AddressRange.of("172.16.0.0/12");
        assertThat(range.holds(InetAddress.ofLiteral("172.31.255.255"))).isTrue();
        assertThat(range.holds(InetAddress.ofLiteral("172.32.0.0"))).isFalse();
        assertThat(range.holds(InetAddress.ofLiteral("::1"))).isFalse();
        assertThat(AddressRange.of("0.0.0.0/0").holds(InetAddress.ofLiteral("9.9.9.9")))
                .isTrue();
    }
}
