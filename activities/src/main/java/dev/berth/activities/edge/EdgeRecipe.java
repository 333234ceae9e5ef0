package dev.berth.activities.edge;

import static java.util.Objects.requireNonNull;

import dev.berth.domain.edge.EdgeDocument;
import java.nio.file.Path;
import java.util.List;

/**
 * What the edge's container is made of.
 *
 * @param container its name
 * @param instance label of the installation that it belongs to
 * @param traefik static Traefik binary for Linux; a container holds it and nothing else
 * @param directory folder on the engine's host whose {@code .yml} files Traefik watches
 * @param bindAddress where the host listens, such as {@code 0.0.0.0}
 * @param port on which the host listens for tenants' requests
 * @param controlPort on which it listens for Berth, on loopback
 */
public record EdgeRecipe(
        String container,
        String instance,
        Path traefik,
        Path directory,
        String bindAddress,
        int port,
        int controlPort) {
    static final String WATCHED = "/etc/berth";
    static final int ENTRY_PORT = 8080;
    static final int CONTROL_PORT = 8081;

    public EdgeRecipe {
        requireNonNull(traefik, "traefik is null");
        if (!directory.isAbsolute()) {
            throw new IllegalArgumentException("The engine mounts absolute folders only: " + directory);
        }
        requirePort(port);
        requirePort(controlPort);
    }

    private static void requirePort(int port) {
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("Not a port: " + port);
        }
    }

    /** Traefik's command line. No API (it would be open to every tenant's network), no telemetry. */
    public static List<String> arguments() {
        return List.of(
                "--entryPoints.web.address=:" + ENTRY_PORT,
                // A router that names no entry is on this one alone.
                "--entryPoints.web.asDefault=true",
                "--entryPoints." + EdgeDocument.CONTROL_ENTRY + ".address=:" + CONTROL_PORT,
                "--entryPoints." + EdgeDocument.CONTROL_ENTRY + ".http.aliasHeadersStrategy=delete",
                // Names such as X.Real.Ip are read as X-Real-Ip by some apps.
                "--entryPoints.web.http.aliasHeadersStrategy=delete",
                "--entryPoints.web.http.maxHeaderBytes=16384",
                // An app may take them for the end of a name or for a separator.
                "--entryPoints.web.http.encodedCharacters.allowEncodedBackSlash=false",
                "--entryPoints.web.http.encodedCharacters.allowEncodedNullCharacter=false",
                "--entryPoints.web.transport.respondingTimeouts.readTimeout=60s",
                "--entryPoints.web.transport.lifeCycle.requestAcceptGraceTimeout=1s",
                "--entryPoints.web.transport.lifeCycle.graceTimeOut=10s",
                "--providers.file.directory=" + WATCHED,
                "--providers.file.watch=true",
                "--providers.providersThrottleDuration=100ms",
                "--ping=true",
                "--ping.manualRouting=true",
                // Counted by service, for canaries. A route and a histogram of their own would be four times as many
                // lines.
                "--metrics.prometheus=true",
                "--metrics.prometheus.manualRouting=true",
                "--metrics.prometheus.addEntryPointsLabels=false",
                "--metrics.prometheus.buckets=1",
                "--log.level=WARN",
                "--global.checkNewVersion=false",
                "--global.sendAnonymousUsage=false");
    }
}
