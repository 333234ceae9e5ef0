package dev.berth.api.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.berth.api.people.TestIssuer;
import dev.berth.store.ApiToken;
import dev.berth.store.Ids;
import dev.berth.store.RandomSecret;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/**
 * Puts into a request what only a mailbox, an app or an issuer could know and what opens once: a link, a code, a way back. Each
 * call makes a new one, for whoever the request's headers say.
 */
public final class Openings {
    private static final String COOKIE = "Cookie";

    private final Contract contract;

    public Openings(Contract contract) {
        this.contract = contract;
    }

    /** The same request where its operation takes nothing of the kind. */
    public Exchange opened(Exchange exchange, World world) {
        return switch (exchange.endpoint().id()) {
            case "acceptInvitation" -> with(exchange, "link", invitation(exchange, world));
            case "completeSignUp" -> with(exchange, "link", link("sign_up", Optional.empty(), Optional.of(email())));
            case "completePasswordReset" ->
                with(exchange, "link", link("password_reset", Optional.of(world.person("viewer")), Optional.empty()));
            case "welcomeFirstAdmin" -> with(exchange, "link", welcome());
            case "confirmTotp" ->
                authenticator(exchange.headers())
                        .map(app -> with(exchange, "code", app.code(0)))
                        .orElse(exchange);
            case "finishOidcSignIn" -> wayBack(exchange);
            case "cancelService" -> underWay(exchange, world);
            case "promoteDeployment", "abortDeployment" -> inCanary(exchange, world);
            case "approveDeployment", "rejectDeployment" -> atItsGates(exchange, world);
            default -> exchange;
        };
    }

    /** Signs in as the owner of {@code world}, who has a second factor by the end of this. */
    public ObjectNode password(World world) {
        Authenticator app = authenticator(world.everybody()).orElseThrow();
        Exchange confirm = new Exchange(
                        contract.endpoint("confirmTotp"), Map.of(), List.of(), world.everybody(), new byte[0])
                .withHeader("Content-Type", "application/json");
        Answer confirmed = with(confirm.withBody("{}"), "code", app.code(-1)).send();
        if (!confirmed.succeeded()) {
            throw new IllegalStateException("The second factor did not get on: " + confirmed);
        }
        return Contract.JSON
                .createObjectNode()
                .put("email", World.email(world.owner()))
                .put("password", World.PASSWORD)
                .put("code", app.code(0));
    }

    /** With something to cancel. */
    private Exchange underWay(Exchange exchange, World world) {
        new Exchange(
                        contract.endpoint("deployService"),
                        Map.of("serviceId", world.id("serviceId").toString()),
                        List.of(),
                        world.everybody(),
                        new byte[0])
                .send();
        return exchange;
    }

    /** With a canary that waits for a word, in place of the deployment that the request was about. */
    private static Exchange inCanary(Exchange exchange, World world) {
        UUID deployment = Ids.next();
        UUID service = world.id("serviceId");
        world.change("""
                update operations set status = 'cancelled', finished_at = now()
                where service_id = ? and status = 'running'
                """, service);
        world.change("""
                insert into container_deployments (id, organization_id, service_id, status, image_digest, cpu_millis,
                    memory_mb, port, health_path, env)
                select ?, organization_id, service_id, 'deploying', image_digest, cpu_millis, memory_mb, port,
                    health_path, env
                from container_deployments where id = ?
                """, deployment, world.id("deploymentId"));
        world.change("""
                insert into canaries (deployment_id, organization_id, service_id, weight, hold_seconds, max_error_percent,
                    began_at, ends_at)
                values (?, ?, ?, 10, 0, 5, now(), now() + interval '1 day')
                """, deployment, world.organization(), service);
        world.change("""
                insert into operations (id, organization_id, service_id, kind, status, deployment_id, started_at)
                values (?, ?, ?, 'deploy', 'running', ?, now())
                """, Ids.next(), world.organization(), service, deployment);
        return exchange.withPath(Map.of("deploymentId", deployment.toString()));
    }

    /** With a deployment that waits for an approval, in place of the one that the request was about. */
    private static Exchange atItsGates(Exchange exchange, World world) {
        UUID deployment = Ids.next();
        world.change("""
                insert into container_deployments (id, organization_id, service_id, status, image_digest, cpu_millis,
                    memory_mb, port, health_path, env)
                select ?, organization_id, service_id, 'pending', image_digest, cpu_millis, memory_mb, port, health_path,
                    env
                from container_deployments where id = ?
                """, deployment, world.id("deploymentId"));
        world.change("""
                insert into operations (id, organization_id, service_id, kind, status, deployment_id, waiting_for)
                values (?, ?, ?, 'deploy', 'pending', ?, 'approval')
                """, Ids.next(), world.organization(), world.id("serviceId"), deployment);
        return exchange.withPath(Map.of("deploymentId", deployment.toString()));
    }

    private static Exchange with(Exchange exchange, String field, String value) {
        ObjectNode body = (ObjectNode) Contract.JSON.readTree(exchange.text());
        return exchange.withBody(body.put(field, value).toString());
    }

    private static String email() {
        return UUID.randomUUID() + "@example.org";
    }

    private static String link(String purpose, Optional<UUID> user, Optional<String> email) {
        RandomSecret secret = RandomSecret.generate();
        World.OWNER
                .sql("""
                insert into one_time_links (id, purpose, user_id, email, token_hash, expires_at)
                values (?, ?, ?, ?, ?, now() + interval '1 hour')
                """)
                .params(Ids.next(), purpose, user.orElse(null), email.orElse(null), secret.hash())
                .update();
        return secret.value();
    }

    /** To the address of whoever is signed in in person, else to one that nobody here has. */
    private static String invitation(Exchange exchange, World world) {
        RandomSecret secret = RandomSecret.generate();
        World.OWNER
                .sql("""
                insert into invitations (id, organization_id, email, role, token_hash, invited_by, expires_at)
                values (?, ?, ?, 'viewer', ?, ?, now() + interval '1 day')
                """)
                .params(
                        Ids.next(),
                        world.organization(),
                        signedIn(exchange).orElseGet(Openings::email),
                        secret.hash(),
                        world.owner())
                .update();
        return secret.value();
    }

    private static Optional<String> signedIn(Exchange exchange) {
        return Optional.ofNullable(exchange.headers().get(COOKIE))
                .map(cookie -> cookie.substring(cookie.indexOf('=') + 1))
                .map(ApiToken::new)
                .map(token -> World.OWNER
                        .sql("""
                        select email from users join sessions on sessions.user_id = users.id where token_hash = ?
                        """)
                        .param(token.hash())
                        .query(String.class)
                        .single());
    }

    /** Nobody may be the first admin who has a predecessor. */
    private static String welcome() {
        World.OWNER
                .sql("update users set platform_admin = false where platform_admin and password_hash is not null")
                .update();
        return link("first_admin", Optional.empty(), Optional.empty());
    }

    /** A secret that is proposed and not yet confirmed; empty for those who may not have one. */
    private Optional<Authenticator> authenticator(Map<String, String> credentials) {
        Answer proposed = new Exchange(
                        contract.endpoint("proposeTotp"),
                        Map.of(),
                        List.of(),
                        credentials,
                        "{\"password\": \"%s\"}".formatted(World.PASSWORD).getBytes(UTF_8))
                .withHeader("Content-Type", "application/json")
                .send();
        return proposed.succeeded()
                ? Optional.of(new Authenticator(
                        Contract.JSON.readTree(proposed.body()).get("secret").asString()))
                : Optional.empty();
    }

    private Exchange wayBack(Exchange exchange) {
        Answer started =
                new Exchange(contract.endpoint("startOidcSignIn"), Map.of(), List.of(), Map.of(), new byte[0]).send();
        URI authorization = URI.create(started.header("location"));
        String state = started.header("set-cookie").replaceFirst(";.*", "");
        JWTClaimsSet claims = TestIssuer.claims(authorization, UUID.randomUUID().toString(), email())
                .build();
        String session = exchange.headers().getOrDefault(COOKIE, "");
        return exchange.withQuery("code", TestIssuer.code(authorization, claims))
                .withQuery("state", TestIssuer.query(authorization).getOrDefault("state", ""))
                .withHeader(COOKIE, session.isEmpty() ? state : state + "; " + session);
    }
}
