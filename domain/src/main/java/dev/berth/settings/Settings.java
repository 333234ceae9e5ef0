package dev.berth.settings;

import dev.berth.domain.AddressRange;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The settings of one process, checked.
 *
 * @param gitAllowedHosts {@code host} or {@code host:port} of Git servers that may have private addresses
 * @param payloadKey 32 bytes
 * @param formerPayloadKeys of 32 bytes each; they open and do not seal
 * @param registryKey RSA key in PKCS #8, in base64; empty = the registry asks for no token
 * @param appsPort port in the URLs of services; empty = the scheme's own
 */
public record Settings(
        String databaseUrl,
        Optional<String> databaseOwnerUrl,
        URI redisUrl,
        String temporalAddress,
        String temporalNamespace,
        URI clientUrl,
        String appsDomain,
        Optional<Integer> appsPort,
        int apiPort,
        URI dockerHost,
        Optional<String> swarmAdvertiseAddress,
        URI registryUrl,
        Optional<String> registryKey,
        Optional<URI> nixCacheUrl,
        Path nixStoreRoot,
        Path packageSet,
        Optional<Path> nixpkgs,
        Path edgeDirectory,
        URI edgeAddress,
        URI edgeControlAddress,
        String edgeContainer,
        Path buildDirectory,
        Path cacheDirectory,
        Set<String> gitAllowedHosts,
        byte[] payloadKey,
        List<byte[]> formerPayloadKeys,
        String instance,
        boolean billingEnabled,
        Duration heartbeatInterval,
        Duration heartbeatTimeout,
        int workerHealthPort,
        Duration soak,
        Duration healthDeadline,
        Duration drain,
        Volumes volumes,
        int retainedDeployments,
        Set<AddressRange> trustedProxies,
        int rateLimitPerMinute,
        int rateLimitAnonymousPerMinute,
        int organizationsPerPerson,
        SignUp signUp,
        SecondFactorRule secondFactor,
        Optional<MailServer> mailServer,
        Optional<OidcIssuer> oidcIssuer) {

    /** @throws SettingsException naming every variable that is missing or wrong */
    public static Settings of(Map<String, String> environment) {
        Reader read = new Reader(environment);
        URI client = read.uri(Variable.CLIENT_URL, Set.of("http", "https"));
        Settings settings = new Settings(
                read.database(Variable.DATABASE_URL),
                read.optional(Variable.DATABASE_OWNER_URL),
                read.uri(Variable.REDIS_URL, Set.of("redis", "rediss")),
                read.text(Variable.TEMPORAL_ADDRESS),
                read.text(Variable.TEMPORAL_NAMESPACE),
                client,
                read.optional(Variable.APPS_DOMAIN).orElse(String.valueOf(client.getHost())),
                read.optional(Variable.APPS_PORT).map(port -> read.number(Variable.APPS_PORT, 1, 65_535)),
                read.number(Variable.API_PORT, 1, 65_535),
                read.uri(Variable.DOCKER_HOST, Set.of("unix", "tcp")),
                read.optional(Variable.DOCKER_SWARM_ADVERTISE_ADDR),
                read.uri(Variable.DOCKER_REGISTRY_URL, Set.of("http", "https")),
                read.optional(Variable.DOCKER_REGISTRY_KEY),
                read.optional(Variable.NIX_CACHE_URL)
                        .map(url -> read.uri(Variable.NIX_CACHE_URL, Set.of("http", "https", "file"))),
                read.path(Variable.NIX_STORE_ROOT),
                read.path(Variable.PACKAGE_SET),
                read.optional(Variable.NIXPKGS).map(path -> read.path(Variable.NIXPKGS)),
                read.path(Variable.EDGE_DIRECTORY),
                read.uri(Variable.EDGE_ADDRESS, Set.of("http", "https")),
                read.uri(Variable.EDGE_CONTROL_ADDRESS, Set.of("http", "https")),
                read.text(Variable.EDGE_CONTAINER),
                read.path(Variable.BUILD_DIRECTORY),
                read.path(Variable.CACHE_DIRECTORY),
                read.list(Variable.GIT_ALLOWED_HOSTS),
                read.key(Variable.PAYLOAD_KEY),
                read.keys(Variable.PAYLOAD_KEYS_BEFORE),
                read.text(Variable.BERTH_INSTANCE),
                read.flag(Variable.CONTAINER_BILLING_ENABLED),
                read.seconds(Variable.WORKER_HEARTBEAT_INTERVAL, 1, 3_600),
                read.seconds(Variable.WORKER_HEARTBEAT_TIMEOUT, 2, 86_400),
                read.number(Variable.WORKER_HEALTH_PORT, 0, 65_535),
                read.seconds(Variable.SOAK_SECONDS, 0, 3_600),
                read.seconds(Variable.HEALTH_DEADLINE_SECONDS, 1, 3_600),
                read.seconds(Variable.DRAIN_SECONDS, 0, 3_600),
                read.word(Variable.VOLUMES, Volumes.class, Volumes.OFF),
                read.number(Variable.RETAINED_DEPLOYMENTS, 1, 100),
                read.ranges(Variable.TRUSTED_PROXIES),
                read.number(Variable.RATE_LIMIT_PER_MINUTE, 1, 1_000_000),
                read.number(Variable.RATE_LIMIT_ANONYMOUS_PER_MINUTE, 1, 1_000_000),
                read.number(Variable.ORGANIZATIONS_PER_PERSON, 1, 1_000_000),
                read.word(Variable.SIGN_UP, SignUp.class, SignUp.INVITE),
                read.word(Variable.SECOND_FACTOR, SecondFactorRule.class, SecondFactorRule.OPTIONAL),
                mailServer(read),
                oidcIssuer(read));
        read.refuseIfWrong();
        return settings;
    }

    private static Optional<MailServer> mailServer(Reader read) {
        return read.optional(Variable.SMTP_URL)
                .map(url -> new MailServer(
                        read.uri(Variable.SMTP_URL, Set.of("smtp", "smtps")), read.text(Variable.MAIL_FROM)));
    }

    private static Optional<OidcIssuer> oidcIssuer(Reader read) {
        return read.optional(Variable.OIDC_ISSUER)
                .map(url -> new OidcIssuer(
                        read.uri(Variable.OIDC_ISSUER, Set.of("http", "https")),
                        read.text(Variable.OIDC_CLIENT_ID),
                        read.text(Variable.OIDC_CLIENT_SECRET),
                        read.text(Variable.OIDC_NAME),
                        read.list(Variable.OIDC_STRONG)));
    }

    /** Where a service answers: {@code {scheme}://{host}.{appsDomain}[:port]}. */
    public String appUrl(String host) {
        return clientUrl.getScheme() + "://" + host + "." + appsDomain
                + appsPort.map(port -> ":" + port).orElse("");
    }

    /** Keys and passwords stay out of every log. */
    @Override
    public String toString() {
        return "Settings[" + instance + " at " + clientUrl + "]";
    }

    static byte[] decodeKey(String text) {
        return Base64.getDecoder().decode(text);
    }

    /** Whether services may have volumes, and what keeps one from filling its host's disk. */
    public enum Volumes {
        /** None may. */
        OFF,
        /** The engine does, by a quota of the filesystem; one whose filesystem has none refuses to start the app. */
        QUOTA,
        /** Nothing does. */
        UNLIMITED
    }

    /** Who gets an account. */
    public enum SignUp {
        /** Everybody with an e-mail address. */
        OPEN,
        /** Whom an organisation invited. */
        INVITE,
        /** Nobody new. */
        CLOSED
    }

    /** Of whom a second factor is demanded. */
    public enum SecondFactorRule {
        /** Of those who turned one on. */
        OPTIONAL,
        /** Of everybody who signs in in person. */
        REQUIRED
    }

    /**
     * Where mail is handed in.
     *
     * @param url with user and password, if the server wants them
     * @param from the sender's address
     */
    public record MailServer(URI url, String from) {
        @Override
        public String toString() {
            return "MailServer[" + url.getHost() + "]";
        }
    }

    /**
     * An outside issuer of identities.
     *
     * @param name what people call it
     * @param strong values of {@code acr} or {@code amr} that stand for two factors
     */
    public record OidcIssuer(URI issuer, String clientId, String clientSecret, String name, Set<String> strong) {
        @Override
        public String toString() {
            return "OidcIssuer[" + issuer + "]";
        }
    }
}
