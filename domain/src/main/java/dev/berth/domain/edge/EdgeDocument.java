package dev.berth.domain.edge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.domain.edge.StoppedRoute.Reason;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/**
 * The document of Traefik's file provider: JSON, which is YAML too, so its file has to end in {@code .yml}.
 *
 * <p>Per route a router, which retries on the next replica, and what it leads to: {@link EdgeServices}. A router of its own
 * answers with the generation that the edge serves.
 */
public final class EdgeDocument {
    /** The private host name and path under which the edge says what it serves. */
    public static final String PROBE_HOST = "edge.berth.internal";

    public static final String PROBE_PATH = "/generation";
    public static final String GENERATION_HEADER = "X-Berth-Generation";

    /** The edge's entry for Berth alone, and where its counters are there. */
    public static final String CONTROL_ENTRY = "control";

    public static final String METRICS_PATH = "/metrics";

    private static final String CONTROL = "berth-control";
    private static final String PROBE = "berth-generation";
    private static final String FORGED = "berth-strip-forged";
    private static final String RETRY = "berth-retry";
    static final String DIAL = "berth-dial";
    private static final String NOBODY = "berth-nobody";

    /** Says why the edge itself answered, beside the 503 of a service of which nothing serves. */
    public static final String STATE_HEADER = "X-Berth-Service";
    /** Above every tenant's router, whose priority is the length of its rule. */
    private static final int PROBE_PRIORITY = 1_000_000;

    /** Headers by which a client could pretend what only a trusted proxy may say; Traefik itself overwrites X-Forwarded-*. */
    private static final List<String> FORGED_HEADERS = List.of(
            "CF-Connecting-IP",
            "Forwarded",
            "True-Client-IP",
            "X-Forwarded-Client-Cert",
            "X-Original-URL",
            "X-Rewrite-URL");

    private static final ObjectMapper JSON = new ObjectMapper();

    private EdgeDocument() {}

    /**
     * The bytes of the document.
     *
     * @param stopped hosts of which nothing serves
     * @param generation of the rows that the routes were read from
     * @param control to whom the edge shows its counters
     * @throws IllegalArgumentException where two routes claim one host or one service
     */
    public static byte[] render(
            Collection<EdgeRoute> routes, Collection<StoppedRoute> stopped, long generation, EdgeControl control) {
        requireDistinct(routes, stopped);
        Map<String, Object> routers = new TreeMap<>();
        routers.put(CONTROL, controlRouter());
        Map<String, Object> services = new TreeMap<>();
        routers.put(PROBE, probeRouter());
        routes.stream().sorted(Comparator.comparing(EdgeRoute::host)).forEach(route -> {
            routers.put("s-" + route.serviceId(), router(route));
            services.putAll(EdgeServices.of(route));
        });
        stopped.forEach(route -> routers.put("s-" + route.serviceId(), stoppedRouter(route)));
        if (!stopped.isEmpty()) {
            // Without a server Traefik answers 503 itself; nothing of ours has to be up for it.
            services.put(NOBODY, Map.of("loadBalancer", Map.of("servers", List.of())));
        }
        Map<String, Object> http = new TreeMap<>();
        http.put("routers", routers);
        http.put("middlewares", middlewares(generation, control));
        // An empty map is refused by Traefik as a standalone element.
        if (!services.isEmpty()) {
            http.put("services", services);
        }
        http.put("serversTransports", Map.of(DIAL, Map.of("forwardingTimeouts", Map.of("dialTimeout", "500ms"))));
        return bytes(Map.of("http", http));
    }

    private static void requireDistinct(Collection<EdgeRoute> routes, Collection<StoppedRoute> stopped) {
        Set<Object> seen = new HashSet<>(Set.of(PROBE_HOST));
        routes.forEach(route -> requireNew(seen, route.host(), route.serviceId()));
        stopped.forEach(route -> requireNew(seen, route.host(), route.serviceId()));
    }

    private static void requireNew(Set<Object> seen, String host, UUID serviceId) {
        if (!seen.add(host) || !seen.add(serviceId)) {
            throw new IllegalArgumentException("Claimed twice: " + host + " of " + serviceId);
        }
    }

    private static Map<String, Object> probeRouter() {
        return sorted(
                "rule",
                "Host(`" + PROBE_HOST + "`) && Path(`" + PROBE_PATH + "`)",
                "priority",
                PROBE_PRIORITY,
                "middlewares",
                List.of(PROBE),
                "service",
                "ping@internal");
    }

    private static Map<String, Object> controlRouter() {
        return sorted(
                "rule",
                "Path(`" + METRICS_PATH + "`)",
                "entryPoints",
                List.of(CONTROL_ENTRY),
                "middlewares",
                List.of(CONTROL),
                "service",
                "prometheus@internal");
    }

    private static Map<String, Object> router(EdgeRoute route) {
        return sorted(
                "rule",
                "Host(`" + route.host() + "`)",
                "middlewares",
                List.of(FORGED, RETRY),
                "service",
                EdgeServices.entry(route));
    }

    private static Map<String, Object> stoppedRouter(StoppedRoute route) {
        return sorted(
                "rule",
                "Host(`" + route.host() + "`)",
                "middlewares",
                List.of(saying(route.reason())),
                "service",
                NOBODY);
    }

    /** The edge's service of a canary's replicas alone: what it counts of it is of that deployment and of no other. */
    public static String countedService(UUID canaryDeployment) {
        return "canary-" + canaryDeployment;
    }

    private static Map<String, Object> middlewares(long generation, EdgeControl control) {
        Map<String, Object> nothing = new TreeMap<>();
        FORGED_HEADERS.forEach(name -> nothing.put(name, ""));
        return sorted(
                PROBE,
                Map.of(
                        "headers",
                        Map.of("customResponseHeaders", Map.of(GENERATION_HEADER, Long.toString(generation)))),
                FORGED,
                Map.of("headers", Map.of("customRequestHeaders", nothing)),
                CONTROL,
                Map.of("basicAuth", Map.of("users", List.of(control.user()))),
                saying(Reason.STOPPED),
                saidWith(Reason.STOPPED),
                saying(Reason.REPLACED),
                saidWith(Reason.REPLACED),
                RETRY,
                Map.of("retry", sorted("attempts", 3, "initialInterval", "20ms")));
    }

    private static String saying(Reason reason) {
        return "berth-" + reason.word();
    }

    private static Map<String, Object> saidWith(Reason reason) {
        return Map.of(
                "headers",
                Map.of(
                        "customResponseHeaders",
                        sorted(
                                "Retry-After",
                                Integer.toString(reason.retryAfterSeconds()),
                                STATE_HEADER,
                                reason.word())));
    }

    static Map<String, Object> sorted(Object... pairs) {
        Map<String, Object> map = new TreeMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put((String) pairs[i], pairs[i + 1]);
        }
        return map;
    }

    private static byte[] bytes(Map<String, Object> document) {
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
        printer.indentObjectsWith(new DefaultIndenter(" ", "\n"));
        try {
            return withoutTemplates(JSON.writer(printer).writeValueAsString(document))
                    .getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Not writable as JSON", e);
        }
    }

    /** Traefik runs Go templates over the file: a brace inside a string is written as an escape, which means the same. */
    static String withoutTemplates(String json) {
        StringBuilder written = new StringBuilder(json.length() + 64);
        boolean inString = false;
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            if (inString && c == '\\') {
                written.append(c).append(json.charAt(++i));
            } else if (inString && c == '{') {
                written.append("\\u007b");
            } else {
                inString ^= c == '"';
                written.append(c);
            }
        }
        return written.toString();
    }
}
