package dev.berth.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class AdmittedSocketTests {
    private static final Duration LIMIT = Duration.ofSeconds(5);

    @Test
    void connectsToTheAddressThatWasJudgedAndAsksForNoOther() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            AtomicInteger asked = new AtomicInteger();
            String name = "hook.example:" + server.getLocalPort();
            AddressGuard guard = new AddressGuard(
                    Set.of(name),
                    host -> asked.getAndIncrement() == 0
                            ? List.of(InetAddress.getLoopbackAddress())
                            : List.of(InetAddress.ofLiteral("10.0.0.1")));
            try (Socket socket = AdmittedSocket.open(guard, "hook.example", server.getLocalPort(), LIMIT)) {
                assertThat(socket.getInetAddress()).isEqualTo(InetAddress.getLoopbackAddress());
            }
            assertThat(asked).hasValue(1);
        }
    }

    @Test
    void opensNothingForAHostInsideThePlatform() {
        AddressGuard guard = new AddressGuard(Set.of(), host -> List.of(InetAddress.getLoopbackAddress()));
        assertThatExceptionOfType(AddressRefusedException.class)
                .isThrownBy(() -> AdmittedSocket.open(guard, "rebound.example", 80, LIMIT));
    }
}
