package dev.berth.settings;

import java.util.Optional;

/**
 * The environment variables, one constant each. {@code .env.example} repeats purpose and default, and a test compares the two.
 */
public enum Variable {
    DATABASE_URL("PostgreSQL as berth_app, the login that owns nothing: postgres://user:password@host:port/database"),
    DATABASE_OWNER_URL("PostgreSQL as the owner of the tables; only where migrations run", ""),
    REDIS_URL("Redis, to which nothing connects yet", "redis://127.0.0.1:6379"),
    TEMPORAL_ADDRESS("Temporal's gRPC address, host:port", "127.0.0.1:7233"),
    TEMPORAL_NAMESPACE("Temporal namespace", "default"),
    CLIENT_URL("The platform's full URL as people open it"),
    APPS_DOMAIN("Domain below which services answer, {slug}.{APPS_DOMAIN}; empty = CLIENT_URL's host", ""),
    APPS_PORT("Port of the edge in the URLs of services; empty = the scheme's own", ""),
    API_PORT("Port on which the API listens", "4000"),
    DOCKER_HOST("The engine of a Swarm manager", "unix:///var/run/docker.sock"),
    DOCKER_SWARM_ADVERTISE_ADDR(
            "Address that this host tells other hosts of the Swarm; empty = loopback, one machine", ""),
    DOCKER_REGISTRY_URL("Registry that builds push to and hosts pull from", "http://127.0.0.1:5000"),
    DOCKER_REGISTRY_KEY(
            "RSA key (PKCS #8, base64) that signs tokens for the registry; empty = the registry asks for none", ""),
    NIX_CACHE_URL("Signed binary cache to pull from and push to; empty = none", ""),
    NIX_STORE_ROOT("Folder that holds Berth's own Nix store"),
    PACKAGE_SET("Folder nix/ of Berth: the package set that builds are made of"),
    NIXPKGS("Folder of a real nixpkgs that replaces Berth's package set; empty = the package set", ""),
    EDGE_DIRECTORY("Folder that Traefik watches"),
    EDGE_ADDRESS("How Berth asks the edge what it serves", "http://127.0.0.1:8080"),
    EDGE_CONTROL_ADDRESS("Where the edge shows Berth its counters; on no network of others", "http://127.0.0.1:8081"),
    EDGE_CONTAINER("Name of the edge's container, connected live to each organisation's network", "berth-edge"),
    BUILD_DIRECTORY("Folder for checkouts; emptied after each build"),
    CACHE_DIRECTORY("Folder for downloaded artefacts and packed layers; may be deleted at any time"),
    GIT_ALLOWED_HOSTS("Comma-separated host[:port] of Git servers that may be private or loopback addresses", ""),
    PAYLOAD_KEY("32 bytes in base64; seals what Temporal keeps, and what the database must not be able to read"),
    PAYLOAD_KEYS_BEFORE(
            "Comma-separated former values of PAYLOAD_KEY: what they sealed still opens, nothing new is sealed with them",
            ""),
    BERTH_INSTANCE("Label of everything that this installation makes in Docker", "berth"),
    CONTAINER_BILLING_ENABLED("Whether running services are charged; metering goes on either way", "true"),
    WORKER_HEARTBEAT_INTERVAL("Seconds between two heartbeats of a worker", "30"),
    WORKER_HEARTBEAT_TIMEOUT("Seconds without a heartbeat after which a worker is unhealthy", "120"),
    WORKER_HEALTH_PORT("Loopback port on which the Temporal worker says that it polls; 0 = none", "0"),
    SOAK_SECONDS("Seconds for which a new deployment is watched after it got the traffic", "30"),
    HEALTH_DEADLINE_SECONDS("Seconds in which a deployment's replicas must get healthy", "120"),
    DRAIN_SECONDS("Seconds for requests on the old deployment to end", "5"),
    VOLUMES(
            "Whether services may have a folder that stays: off, quota = the engine holds each to its size (local driver on a"
                    + " filesystem with project quotas), unlimited = nothing holds them, for tenants whom the operator trusts",
            "off"),
    RETAINED_DEPLOYMENTS("Deployments kept for roll-back, the serving one included", "5"),
    TRUSTED_PROXIES("Comma-separated addresses, or ranges like 10.0.0.0/8, whose X-Forwarded-For is believed", ""),
    RATE_LIMIT_PER_MINUTE("Requests that a token or session may make in a minute, on each API process", "600"),
    RATE_LIMIT_ANONYMOUS_PER_MINUTE(
            "Requests that an address may make in a minute without signing in, on each API process", "120"),
    ORGANIZATIONS_PER_PERSON(
            "Organisations that a person may found, counted by those that they own; platform admins found any number",
            "10"),
    SIGN_UP("Who gets an account: open = everybody, invite = who was invited, closed = nobody new", "invite"),
    SECOND_FACTOR(
            "required = who has no second factor may do nothing but set one up; optional = each person's own choice",
            "optional"),
    SMTP_URL(
            "Mail server, smtp://user:password@host:port, smtps:// for TLS from the start; empty = no mail is sent",
            ""),
    MAIL_FROM("Sender of Berth's mail; needed with SMTP_URL", ""),
    OIDC_ISSUER("Issuer for sign-in by OpenID Connect, as its discovery document has it; empty = none", ""),
    OIDC_CLIENT_ID("Berth's client id there; needed with OIDC_ISSUER", ""),
    OIDC_CLIENT_SECRET("Berth's client secret there; needed with OIDC_ISSUER", ""),
    OIDC_NAME("What people call that issuer", "Single sign-on"),
    OIDC_STRONG(
            "Comma-separated values of acr or amr by which that issuer says that it asked for two factors, such as mfa; empty = its"
                    + " sign-in counts as one",
            ""),
    APPS_MAY_REACH("Blocks such as 10.20.0.0/16, by commas, that apps may reach beside the public Internet", ""),
    FIREWALL_FORBIDS("Public addresses that no app may reach, by commas: the platform's other hosts", ""),
    FIREWALL_BRIDGES("Bridges whose containers the firewall keeps in, by commas", "docker_gwbridge"),
    FIREWALL_ON_STOP("What becomes of the rules when the firewall's process is told to end: keep or remove", "keep"),
    FIREWALL_REPORT("File in which the firewall's process says what it saw last; empty = none", "");

    private final String purpose;
    private final Optional<String> fallback;

    Variable(String purpose) {
        this.purpose = purpose;
        this.fallback = Optional.empty();
    }

    Variable(String purpose, String fallback) {
        this.purpose = purpose;
        this.fallback = Optional.of(fallback);
    }

    public String purpose() {
        return purpose;
    }

    /** What holds where it is not set; empty for a variable that must be. */
    public Optional<String> fallback() {
        return fallback;
    }
}
