package dev.berth.api.contract;

import dev.berth.api.TestApi;
import dev.berth.store.ApiToken;
import dev.berth.store.Ids;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;

/** An organisation with one of everything that an address can name, made beside the API so that no endpoint is needed for it. */
public final class World {
    /** The owner of the tables: one connection, since worlds are made by the hundred. */
    static final JdbcClient OWNER = JdbcClient.create(connection());

    /** Of every owner. */
    static final String PASSWORD = "a password for tests";

    private static final String PASSWORD_HASH = new Argon2PasswordEncoder(16, 32, 1, 19_456, 2).encode(PASSWORD);
    private static final String DIGEST = "sha256:" + "a".repeat(64);

    private final Map<String, UUID> ids = new LinkedHashMap<>();
    private final UUID owner;

    public World() {
        restorePlatform();
        UUID organization = fresh("organizationId");
        OWNER.sql("insert into organizations (id, name, slug) values (?, 'World', ?)")
                .params(organization, "w" + tail(organization))
                .update();
        owner = person("owner");
        change("update users set password_hash = ? where id = ?", PASSWORD_HASH, owner);
        ids.put("userId", person("developer"));
        ids.put(
                "templateId",
                OWNER.sql("select id from application_templates order by id limit 1")
                        .query(UUID.class)
                        .single());
        service("serviceId");
        service("otherServiceId");
        runs();
        people();
        audit();
    }

    private static SingleConnectionDataSource connection() {
        try {
            return new SingleConnectionDataSource(
                    TestApi.DATABASE.ownerDataSource().getConnection(), true);
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private UUID fresh(String name) {
        UUID id = Ids.next();
        ids.put(name, id);
        return id;
    }

    private static String tail(UUID id) {
        return id.toString().substring(24);
    }

    /** By the name that paths and bodies give it, such as {@code serviceId}. */
    public Map<String, UUID> ids() {
        return ids;
    }

    public UUID id(String name) {
        return Optional.ofNullable(ids.get(name))
                .orElseThrow(() -> new IllegalArgumentException("A world has no " + name + "; give it one"));
    }

    public UUID organization() {
        return id("organizationId");
    }

    /** Stands in the service's environment and in the build's log. */
    public String secret() {
        return "secret of " + tail(organization());
    }

    public UUID owner() {
        return owner;
    }

    /** A new member; {@code nobody} makes a person without a membership. */
    public UUID person(String role) {
        UUID user = Ids.next();
        OWNER.sql("""
                insert into users (id, email, display_name, email_verified_at) values (?, ?, 'Somebody', now())
                """).params(user, email(user)).update();
        if (!role.equals("nobody")) {
            OWNER.sql("insert into memberships (organization_id, user_id, role) values (?, ?, ?)")
                    .params(organization(), user, role)
                    .update();
        }
        return user;
    }

    static String email(UUID user) {
        return "u" + user + "@example.org";
    }

    private void service(String name) {
        UUID id = fresh(name);
        OWNER.sql("""
                insert into container_services (id, organization_id, name, slug, host, git_url, git_branch, replicas,
                    cpu_millis, memory_mb, port, health_path, env, status)
                values (:id, :organization, 'An app', :slug, :slug, 'https://git.example.org/a/b.git', 'main', 1, 500,
                    256, 8080, '/', jsonb_build_object('SECRET', cast(:secret as text)), 'running')
                """)
                .param("id", id)
                .param("organization", organization())
                .param("slug", "s" + tail(id))
                .param("secret", secret())
                .update();
    }

    /** A build with a log, the deployment of it that may be rolled back to, the one that serves, and a finished operation. */
    private void runs() {
        OWNER.sql("""
                insert into container_builds (id, organization_id, service_id, status, git_url, git_branch, image_digest,
                    bytes_pushed, layers_pushed, layers, finished_at)
                values (?, ?, ?, 'succeeded', 'https://git.example.org/a/b.git', 'main', ?, 1, 1, 1, now())
                """)
                .params(fresh("buildId"), organization(), id("serviceId"), DIGEST)
                .update();
        OWNER.sql("""
                insert into build_log_chunks (build_id, organization_id, first_line, line_count, text)
                values (?, ?, 1, 1, ?)
                """)
                .params(id("buildId"), organization(), "1700000000000\t" + secret())
                .update();
        for (String name : new String[] {"deploymentId", "currentDeploymentId"}) {
            boolean current = name.startsWith("current");
            OWNER.sql("""
                    insert into container_deployments (id, organization_id, service_id, build_id, status, image_digest,
                        cpu_millis, memory_mb, port, health_path, env, routed_at, proven_at)
                    values (?, ?, ?, ?, ?, ?, 500, 256, 8080, '/', '{}', now(), now())
                    """)
                    .params(
                            fresh(name),
                            organization(),
                            id("serviceId"),
                            id("buildId"),
                            current ? "running" : "retired",
                            DIGEST)
                    .update();
        }
        OWNER.sql("update container_services set current_deployment_id = ? where id = ?")
                .params(id("currentDeploymentId"), id("serviceId"))
                .update();
        OWNER.sql("""
                insert into operations (id, organization_id, service_id, kind, status, deployment_id, build_id, finished_at)
                values (?, ?, ?, 'deploy', 'succeeded', ?, ?, now())
                """)
                .params(fresh("operationId"), organization(), id("serviceId"), id("currentDeploymentId"), id("buildId"))
                .update();
        OWNER.sql("""
                insert into workflow_steps (id, organization_id, service_id, subject_kind, subject_id, execution, name,
                    attempt, status, started_at, finished_at)
                values (?, ?, ?, 'build', ?, ?, 'realise', 1, 'succeeded', now(), now())
                """)
                .params(
                        Ids.next(),
                        organization(),
                        id("serviceId"),
                        id("buildId"),
                        id("buildId").toString())
                .update();
    }

    private void people() {
        ids.put("tokenId", tokenRow(id("userId"), "admin", Optional.empty(), ApiToken.generate()));
        ids.put("sessionId", sessionRow(owner, ApiToken.generate()));
        OWNER.sql("""
                insert into invitations (id, organization_id, email, role, token_hash, invited_by, expires_at)
                values (?, ?, 'guest@example.org', 'viewer', ?, ?, now() + interval '1 day')
                """)
                .params(
                        fresh("invitationId"),
                        organization(),
                        ApiToken.generate().hash(),
                        owner)
                .update();
        grant(id("userId"), id("serviceId"));
    }

    /** What the hash covers is of no interest here; that the row stays as it is, is. */
    private void audit() {
        byte[] hash = new byte[32];
        OWNER.sql("insert into audit_heads (chain_id, sequence, hash) values (?, 1, ?)")
                .params(organization(), hash)
                .update();
        OWNER.sql("""
                insert into audit_events (chain_id, sequence, id, at, actor_kind, actor_name, action, subject_kind,
                    subject_name, outcome, previous_hash, hash)
                values (?, 1, ?, now(), 'platform', 'test', 'service.created', 'service', 'An app', 'succeeded', ?, ?)
                """).params(organization(), fresh("eventId"), hash, hash).update();
    }

    public void grant(UUID user, UUID service) {
        OWNER.sql("""
                insert into service_grants (organization_id, service_id, user_id, role) values (?, ?, ?, 'developer')
                """).params(organization(), service, user).update();
    }

    /** A token of {@code user}, as its holder knows it. */
    public String token(UUID user, String scope, Optional<UUID> service) {
        ApiToken token = ApiToken.generate();
        tokenRow(user, scope, service, token);
        return token.value();
    }

    /** A token of a new member, of the widest scope. */
    public String token(String role) {
        return token(person(role), "admin", Optional.empty());
    }

    private UUID tokenRow(UUID user, String scope, Optional<UUID> service, ApiToken token) {
        UUID id = Ids.next();
        OWNER.sql("""
                insert into api_tokens (id, organization_id, user_id, name, token_hash, prefix, scope, service_id)
                values (?, ?, ?, 'test', ?, ?, ?, ?)
                """)
                .params(id, organization(), user, token.hash(), token.prefix(), scope, service.orElse(null))
                .update();
        return id;
    }

    private static UUID sessionRow(UUID user, ApiToken token) {
        UUID id = Ids.next();
        OWNER.sql("""
                insert into sessions (id, user_id, token_hash, address, user_agent, expires_at)
                values (?, ?, ?, '127.0.0.1', 'test', now() + interval '1 day')
                """).params(id, user, token.hash()).update();
        return id;
    }

    /** The cookie of a session of {@code user}, who signed in with a password. */
    public String session(UUID user) {
        ApiToken value = ApiToken.generate();
        sessionRow(user, value);
        return "berth_session=" + value.value();
    }

    /** The headers of somebody who may do everything here: the owner in person, who is an admin of the platform as well. */
    public Map<String, String> everybody() {
        change("update users set platform_admin = true where id = ?", owner);
        return Map.of(
                "Cookie",
                session(owner),
                "X-Berth-Request",
                "console",
                "X-Berth-Org",
                organization().toString());
    }

    /** What is the same for all worlds, as it was: it may have been somebody's right to change it. */
    public static void restorePlatform() {
        OWNER.sql("""
                update quota_defaults set services = 100, cpu_millis = 200000, memory_mb = 204800, storage_mb = 204800,
                    concurrent_builds = 4
                """).update();
    }

    public void change(String sql, Object... params) {
        OWNER.sql(sql).params(params).update();
    }
}
