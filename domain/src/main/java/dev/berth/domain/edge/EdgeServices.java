package dev.berth.domain.edge;

import static dev.berth.domain.edge.EdgeDocument.sorted;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one route leads to: the replicas' own addresses with active and passive health checks and a short dial timeout, and as
 * failover first the version that served before, while it is warm, then the name in the engine's DNS. A DNS name alone would
 * not split keep-alive connections evenly; addresses alone would lose a replica that comes back while nobody publishes.
 */
final class EdgeServices {
    private EdgeServices() {}

    /** The name of what the route's router leads to. */
    static String entry(EdgeRoute route) {
        return route.canary().isPresent() ? split(route) : whole(route);
    }

    /** By name, all that {@link #entry} may lead to. */
    static Map<String, Object> of(EdgeRoute route) {
        Map<String, Object> services = new TreeMap<>();
        services.put(byName(route), balancer(List.of(url(route.fallbackHost(), route.port())), Map.of()));
        if (!route.addresses().isEmpty()) {
            services.put(byAddress(route), checked(route.addresses(), route.port(), route.healthPath()));
            services.put(
                    "s-" + route.serviceId(),
                    failover(byAddress(route), route.standby().isPresent() ? standbyOrName(route) : byName(route)));
            route.standby().ifPresent(standby -> {
                services.put(standby(route), checked(standby.addresses(), standby.port(), standby.healthPath()));
                services.put(standbyOrName(route), failover(standby(route), byName(route)));
            });
        }
        route.canary().ifPresent(canary -> {
            String counted = EdgeDocument.countedService(canary.deploymentId());
            services.put(counted, checked(canary.addresses(), canary.port(), canary.healthPath()));
            services.put(canary(route), failover(counted, whole(route)));
            services.put(
                    split(route),
                    Map.of(
                            "weighted",
                            Map.of(
                                    "services",
                                    List.of(
                                            sorted("name", whole(route), "weight", 100 - canary.weight()),
                                            sorted("name", canary(route), "weight", canary.weight())))));
        });
        return services;
    }

    /** What answers where there is no canary. */
    private static String whole(EdgeRoute route) {
        return route.addresses().isEmpty() ? byName(route) : "s-" + route.serviceId();
    }

    private static Map<String, Object> failover(String service, String fallback) {
        return Map.of("failover", sorted("service", service, "fallback", fallback));
    }

    private static Map<String, Object> checked(List<String> addresses, int port, String healthPath) {
        Map<String, Object> checks = Map.of(
                "healthCheck",
                // Redirections are a healthy answer and are not followed: they may lead anywhere.
                sorted(
                        "path", healthPath,
                        "interval", "1s",
                        "unhealthyInterval", "500ms",
                        "timeout", "900ms",
                        "followRedirects", false),
                "passiveHealthCheck",
                sorted("failureWindow", "10s", "maxFailedAttempts", 1));
        return balancer(addresses.stream().map(address -> url(address, port)).toList(), checks);
    }

    private static Map<String, Object> balancer(List<Map<String, Object>> servers, Map<String, Object> checks) {
        Map<String, Object> balancer = new TreeMap<>(checks);
        balancer.put("servers", servers);
        balancer.put("serversTransport", EdgeDocument.DIAL);
        return Map.of("loadBalancer", balancer);
    }

    private static Map<String, Object> url(String host, int port) {
        return Map.of("url", "http://" + host + ":" + port);
    }

    private static String byAddress(EdgeRoute route) {
        return "s-" + route.serviceId() + "-address";
    }

    private static String byName(EdgeRoute route) {
        return "s-" + route.serviceId() + "-name";
    }

    private static String standby(EdgeRoute route) {
        return "s-" + route.serviceId() + "-standby";
    }

    private static String canary(EdgeRoute route) {
        return "s-" + route.serviceId() + "-canary";
    }

    private static String split(EdgeRoute route) {
        return "s-" + route.serviceId() + "-split";
    }

    private static String standbyOrName(EdgeRoute route) {
        return "s-" + route.serviceId() + "-standby-or-name";
    }
}
