package dev.berth.domain.edge;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Where the requests for one host name go.
 *
 * @param host lower-case DNS name, without port
 * @param fallbackHost the revision's Swarm service name, which the engine's DNS resolves to its healthy replicas; reached when
 *     none of the addresses is healthy, such as when a replica came back with a new one while Berth was down
 * @param addresses IPv4 addresses of the healthy replicas; may be empty
 * @param port where the app listens, 1 to 65,535
 * @param healthPath path that answers 2xx or 3xx when the app is healthy
 * @param standby what is asked when none of the addresses is healthy, before the name is
 * @param canary what gets a part of the requests
 */
public record EdgeRoute(
        UUID serviceId,
        String host,
        String fallbackHost,
        List<String> addresses,
        int port,
        String healthPath,
        Optional<Standby> standby,
        Optional<Canary> canary) {
    private static final Pattern LABELS =
            Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*");
    private static final Pattern ADDRESS = Pattern.compile("(\\d{1,3}\\.){3}\\d{1,3}");
    private static final Pattern PATH = Pattern.compile("/[!-~]{0,2000}");
    private static final int HOST_LIMIT = 253;

    public EdgeRoute {
        requireNonNull(serviceId, "serviceId is null");
        requireHost(host);
        requireHost(fallbackHost);
        addresses = requireReachable(addresses, port, healthPath);
    }

    /** One without a canary. */
    public EdgeRoute(
            UUID serviceId,
            String host,
            String fallbackHost,
            List<String> addresses,
            int port,
            String healthPath,
            Optional<Standby> standby) {
        this(serviceId, host, fallbackHost, addresses, port, healthPath, standby, Optional.empty());
    }

    /**
     * A new version that gets a part of the requests. What it cannot take because none of its replicas is healthy goes where the rest
     * goes.
     *
     * @param weight percent of the requests, 1 to 99
     */
    public record Canary(UUID deploymentId, int weight, List<String> addresses, int port, String healthPath) {
        public Canary {
            requireNonNull(deploymentId, "deploymentId is null");
            if (weight < 1 || weight > 99) {
                throw new IllegalArgumentException("Not a part of the requests: " + weight + " %");
            }
            addresses = requireReachable(addresses, port, healthPath);
            if (addresses.isEmpty()) {
                throw new IllegalArgumentException("A canary has an address");
            }
        }
    }

    /**
     * The version that served before, while it is still warm: what fails while it is watched costs no request, because the edge
     * asks this one until Berth has moved the traffic back.
     */
    public record Standby(List<String> addresses, int port, String healthPath) {
        public Standby {
            addresses = requireReachable(addresses, port, healthPath);
            if (addresses.isEmpty()) {
                throw new IllegalArgumentException("A standby has an address");
            }
        }
    }

    private static List<String> requireReachable(List<String> addresses, int port, String healthPath) {
        for (String address : addresses) {
            if (!ADDRESS.matcher(address).matches()) {
                throw new IllegalArgumentException("Not an IPv4 address: " + address);
            }
        }
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("Not a port: " + port);
        }
        if (!PATH.matcher(healthPath).matches()) {
            throw new IllegalArgumentException("Not a path: " + healthPath);
        }
        return addresses.stream().distinct().sorted().toList();
    }

    /** Rules carry host names in back quotes, so nothing that is not a host name may come near one. */
    static void requireHost(String host) {
        if (host.length() > HOST_LIMIT || !LABELS.matcher(host).matches()) {
            throw new IllegalArgumentException("Not a host name: " + host);
        }
    }
}
