package dev.berth.local;

import dev.berth.domain.nix.NixDaemon;
import dev.berth.local.parts.Database;
import java.util.Map;
import java.util.TreeMap;

/** The environment of Berth's own processes: every address of this stack, from one place. */
public final class StackEnvironment {
    private StackEnvironment() {}

    /** Named as {@code dev.berth.settings.Variable}; what the caller's environment sets of the tunable ones wins. */
    public static Map<String, String> of(
            Folders folders, PortTable ports, Keys keys, Addresses addresses, Map<String, String> caller) {
        Map<String, String> settings = new TreeMap<>();
        Database database = new Database(folders, ports, keys);
        settings.put("DATABASE_URL", database.appUrl());
        settings.put("REDIS_URL", "redis://127.0.0.1:" + ports.of(Port.REDIS));
        settings.put("TEMPORAL_ADDRESS", "127.0.0.1:" + ports.of(Port.TEMPORAL));
        settings.put("TEMPORAL_NAMESPACE", "default");
        settings.put("CLIENT_URL", "http://localhost:" + ports.of(Port.API));
        settings.put("APPS_DOMAIN", "localhost");
        settings.put("APPS_PORT", Integer.toString(ports.of(Port.EDGE)));
        // The API listens where it is told to; on one machine nobody else's network is to reach it.
        settings.put("SERVER_ADDRESS", "127.0.0.1");
        settings.put("API_PORT", Integer.toString(ports.of(Port.API)));
        settings.put("DOCKER_HOST", addresses.dockerHost());
        settings.put("DOCKER_REGISTRY_URL", ports.url(Port.REGISTRY));
        settings.put("DOCKER_REGISTRY_KEY", RegistryIdentity.of(folders).privateKey());
        settings.put("NIX_STORE_ROOT", addresses.nix().root().toString());
        settings.put("PACKAGE_SET", folders.home().resolve("nix").toString());
        settings.put("EDGE_DIRECTORY", addresses.edgeDirectory());
        settings.put("EDGE_ADDRESS", ports.url(Port.EDGE));
        settings.put("EDGE_CONTROL_ADDRESS", ports.url(Port.EDGE_CONTROL));
        settings.put("EDGE_CONTAINER", addresses.edgeContainer());
        settings.put("BUILD_DIRECTORY", folders.data("builds").toString());
        settings.put("CACHE_DIRECTORY", folders.cache().toString());
        settings.put("GIT_ALLOWED_HOSTS", gitAllowed(ports));
        settings.put("PAYLOAD_KEY", keys.payloadKey());
        // Names of files in repositories are UTF-8, whatever the machine speaks.
        settings.put("LC_ALL", "C.UTF-8");
        settings.put("BERTH_INSTANCE", keys.instance());
        settings.put("BERTH_HOME", folders.home().toString());
        settings.put("WORKER_HEALTH_PORT", Integer.toString(ports.of(Port.WORKER_HEALTH)));
        // On one's own machine nobody waits two minutes to learn that an app is broken.
        settings.put("HEALTH_DEADLINE_SECONDS", "15");
        // Half of the usual soak: whoever tries Berth on one machine deploys again soon.
        settings.put("SOAK_SECONDS", "15");
        // The one person on this machine may script it, and the measurements ask every 20 ms.
        settings.put("RATE_LIMIT_PER_MINUTE", "12000");
        // Few machines have a filesystem with quotas, and the one person here may fill the own disk.
        settings.put("VOLUMES", "unlimited");
        for (String tunable : new String[] {
            "SOAK_SECONDS",
            "HEALTH_DEADLINE_SECONDS",
            "DRAIN_SECONDS",
            "RETAINED_DEPLOYMENTS",
            "VOLUMES",
            "NIXPKGS",
            "NIX_CACHE_URL",
            "WORKER_HEARTBEAT_INTERVAL",
            "WORKER_HEARTBEAT_TIMEOUT",
            "CONTAINER_BILLING_ENABLED",
            "TRUSTED_PROXIES",
            "RATE_LIMIT_PER_MINUTE",
            "RATE_LIMIT_ANONYMOUS_PER_MINUTE",
            "ORGANIZATIONS_PER_PERSON",
            "SIGN_UP",
            "SMTP_URL",
            "MAIL_FROM",
            "OIDC_ISSUER",
            "OIDC_CLIENT_ID",
            "OIDC_CLIENT_SECRET",
            "OIDC_NAME",
            "OIDC_STRONG",
            "SECOND_FACTOR",
            "PAYLOAD_KEYS_BEFORE",
            "DOCKER_SWARM_ADVERTISE_ADDR"
        }) {
            String value = caller.get(tunable);
            if (value != null && !value.isBlank()) {
                settings.put(tunable, value);
            }
        }
        String more = caller.get("GIT_ALLOWED_HOSTS");
        if (more != null && !more.isBlank()) {
            settings.merge("GIT_ALLOWED_HOSTS", more, (ours, theirs) -> ours + "," + theirs);
        }
        return settings;
    }

    /** The demo's repository, by either of loopback's names. */
    public static String gitAllowed(PortTable ports) {
        return "127.0.0.1:%1$d,localhost:%1$d".formatted(ports.of(Port.GIT));
    }

    /** @param dockerHost {@code unix:///…} */
    public record Addresses(String dockerHost, NixDaemon nix, String edgeDirectory, String edgeContainer) {}
}
