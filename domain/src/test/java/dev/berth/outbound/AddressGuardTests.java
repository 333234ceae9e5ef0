package dev.berth.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.InetAddress;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AddressGuardTests {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.8.9.1",
                "0.0.0.0",
                "10.1.2.3",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.0.1",
                "169.254.169.254",
                "100.64.0.1",
                "198.18.0.1",
                "192.0.0.8",
                "192.0.2.1",
                "224.0.0.1",
                "255.255.255.255",
                "::1",
                "::",
                "fe80::1",
                "fc00::1",
                "fdaa:bbcc::1",
                "ff02::1",
                "::ffff:127.0.0.1",
                "::ffff:7f00:1",
                "::127.0.0.1",
                "64:ff9b::7f00:1",
                "2002:7f00:1::",
                "2001:0:1::",
                "2001:db8::1",
                "fec0::1"
            })
    void refusesAddressesThatAreNotOfThePublicInternet(String address) {
        assertThatExceptionOfType(AddressRefusedException.class)
                .isThrownBy(() -> new AddressGuard(Set.of()).admit(address, 80));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2130706433",
                "0177.0.0.1",
                "0x7f.0.0.1",
                "0x7f000001",
                "127.1",
                "127.0.1",
                "017700000001",
                "1.2.3.4.",
                "8.8.2056",
                "0X7F.1",
                "0x",
                "fe80::1%eth0",
                "010.8.8.8",
                "host.0x7f"
            })
    void refusesDisguisedAddresses(String host) {
        AddressGuard guard = new AddressGuard(Set.of(), name -> List.of(InetAddress.ofLiteral("10.0.0.1")));
        assertThatExceptionOfType(AddressRefusedException.class).isThrownBy(() -> guard.admit(host, 80));
    }

    @ParameterizedTest
    @ValueSource(strings = {"8.8.8.8", "172.32.0.1", "192.0.1.1", "100.128.0.1", "2606:4700::1", "2a00::1"})
    void admitsPublicAddresses(String address) throws Exception {
        assertThat(new AddressGuard(Set.of()).admit(address, 443)).containsExactly(InetAddress.ofLiteral(address));
    }

    @Test
    void refusesAHostThatIsAlsoAtAPrivateAddress() {
        AddressGuard guard = new AddressGuard(
                Set.of(), name -> List.of(InetAddress.ofLiteral("8.8.8.8"), InetAddress.ofLiteral("10.0.0.1")));
        assertThatExceptionOfType(AddressRefusedException.class)
                .isThrownBy(() -> guard.admit("example.org", 443))
                .withMessageContaining("example.org");
    }

    @Test
    void admitsWhatTheOperatorAllowsByNameOrByNameAndPort() throws Exception {
        AddressGuard guard = new AddressGuard(
                Set.of("git.internal", "127.0.0.1:3000"),
                name -> List.of(InetAddress.ofLiteral(name.equals("git.internal") ? "10.0.0.1" : name)));
        assertThat(guard.admit("Git.Internal.", 8080)).hasSize(1);
        assertThat(guard.admit("127.0.0.1", 3000)).hasSize(1);
        assertThatExceptionOfType(AddressRefusedException.class).isThrownBy(() -> guard.admit("127.0.0.1", 3001));
    }
}
