package dev.berth.activities.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.testkit.RealPart;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What one organisation reaches of another and of the platform, from a shell in its own container: nothing. Each test asks
 * something that does answer, too.
 */
@RealPart({"docker", "registry", "app"})
final class IsolationOnTheEngineTests {
    /** The words of {@code hostile.go} that mean that nobody there said a thing. */
    private static final List<String> NOBODY = List.of("filtered", "silent", "unknown", "no way");

    private TwoTenants tenants;

    @BeforeEach
    void start() throws Exception {
        tenants = new TwoTenants();
    }

    @AfterEach
    void end() throws Exception {
        tenants.close();
    }

    @Test
    void nothingOfAnotherOrganisationAnswersByNameOrByAddress() {
        Intruder mallory = tenants.app(tenants.mallory, "shop", Map.of());
        Intruder peer = tenants.app(tenants.mallory, "peer", Map.of());
        Intruder alice = tenants.app(tenants.alice, "till", Map.of());

        List<String> aliceAt = addresses(alice);
        assertThat(aliceAt).as("on the overlay and on docker_gwbridge").hasSizeGreaterThanOrEqualTo(2);
        assertThat(alice.tries("dial", aliceAt).values())
                .as("it listens on all of them")
                .containsOnly("open");
        assertThat(mallory.tries("dial", "peer:8080"))
                .as("a neighbour of one's own answers")
                .containsEntry("peer:8080", "open");

        List<String> names = new ArrayList<>(List.of("till", alice.container().substring(0, 12)));
        for (Revision revision : tenants.alice.revisions.all()) {
            String name = RevisionNames.serviceName(revision.deploymentId());
            names.addAll(List.of(name, "tasks." + name));
        }
        assertThat(alice.tries("lookup", "till").values())
                .as("it has that name at home")
                .doesNotContain("unknown");
        assertThat(mallory.tries("lookup", names).values()).containsOnly("unknown");
        assertThat(mallory.tries("dial", aliceAt))
                .allSatisfy((_, word) -> assertThat(word).isIn(NOBODY));
        assertThat(peer.tries("dial", aliceAt))
                .allSatisfy((_, word) -> assertThat(word).isIn(NOBODY));
        // docker_gwbridge joins one's own tasks too; it is nobody's way to a neighbour.
        List<String> peerOffTheOverlay = addresses(peer).stream()
                .filter(address -> !address.startsWith(peer.tries("addresses").get("eth0")))
                .toList();
        assertThat(peerOffTheOverlay).isNotEmpty();
        assertThat(mallory.tries("dial", peerOffTheOverlay))
                .allSatisfy((_, word) -> assertThat(word).isIn(NOBODY));
    }

    @Test
    void nothingOfTheHostAnswersOnAnyOfItsAddresses() throws IOException {
        Intruder mallory = tenants.app(tenants.mallory, "shop", Map.of());
        try (ServerSocket everywhere = new ServerSocket(0)) {
            List<String> targets = new ArrayList<>();
            for (InetAddress address : hostAddresses()) {
                try (Socket control = new Socket()) {
                    control.connect(new InetSocketAddress(address, everywhere.getLocalPort()), 2_000);
                }
                targets.add(at(address, everywhere.getLocalPort()));
                platformPorts().forEach(port -> targets.add(at(address, port)));
            }
            assertThat(targets).as("at least docker_gwbridge's own").isNotEmpty();
            assertThat(mallory.tries("dial", targets))
                    .allSatisfy((target, word) -> assertThat(word).as(target).isIn(NOBODY));
        }
        // In the container itself, 127.0.0.1 is the container.
        assertThat(mallory.tries("dial", "127.0.0.1:5000", "127.0.0.1:7233").values())
                .containsOnly("refused");
    }

    @Test
    void privateNetworksAndMetadataAddressesAreRefusedByTheHost() {
        Intruder mallory = tenants.app(tenants.mallory, "shop", Map.of());
        assertThat(mallory.tries(
                                "dial",
                                "169.254.169.254:80",
                                "169.254.170.2:80",
                                "10.0.0.1:22",
                                "10.143.255.1:8080",
                                "172.16.0.1:80",
                                "192.168.0.1:80",
                                "100.100.100.200:80",
                                "198.18.0.1:80")
                        .values())
                // The kernel sends one host few refusals a second; the others hear nothing.
                .contains("filtered")
                .allMatch(NOBODY::contains);
    }

    /** Every address of the container, with the app's port. */
    private static List<String> addresses(Intruder container) {
        return container.tries("addresses").entrySet().stream()
                .filter(entry -> !entry.getKey().equals("lo"))
                .flatMap(entry -> Stream.of(entry.getValue().split(" ")))
                .filter(address -> !address.isEmpty())
                .map(address -> at(InetAddress.ofLiteral(address), TwoTenants.PORT))
                .toList();
    }

    /** Of the parts of the stack that runs here, and what an engine, a Swarm and an administrator listen on. */
    private static List<Integer> platformPorts() {
        Stream<Integer> parts = Stream.of("API", "REGISTRY", "REDIS", "TEMPORAL", "TEMPORAL_UI", "EDGE_ADDRESS")
                .map(part -> System.getenv().getOrDefault("BERTH_TEST_" + part, ""))
                .filter(address -> address.matches(".*:\\d+/?"))
                .map(address -> Integer.valueOf(address.replaceAll(".*:|/", "")));
        return Stream.concat(parts, Stream.of(22, 2375, 2376, 2377, 7946, 54329))
                .toList();
    }

    private static List<InetAddress> hostAddresses() throws IOException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
                .toList();
    }

    private static String at(InetAddress address, int port) {
        // A zone, as in fd00::1%eth0, is the host's own name for an interface.
        String text = address.getHostAddress().replaceFirst("%.*", "");
        return (text.contains(":") ? "[" + text + "]" : text) + ":" + port;
    }
}
