package dev.berth.api.people;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** An OpenID Connect issuer with a real key that signs whatever a test wants it to. */
public final class TestIssuer {
    static final String CLIENT_ID = "berth-test";
    static final String SECRET = "a secret";
    private static final ECKey KEY = key();
    private static final Map<String, Issued> CODES = new ConcurrentHashMap<>();
    private static final HttpServer SERVER = start();

    private TestIssuer() {}

    public static String[] settings() {
        return new String[] {
            "--OIDC_ISSUER=" + issuer(),
            "--OIDC_CLIENT_ID=" + CLIENT_ID,
            "--OIDC_CLIENT_SECRET=" + SECRET,
            "--OIDC_NAME=Test issuer"
        };
    }

    static String issuer() {
        return "http://127.0.0.1:" + SERVER.getAddress().getPort();
    }

    static ECKey key() {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID("k1").generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Claims of a good ID token for a sign-in that was begun with {@code authorization}. */
    public static JWTClaimsSet.Builder claims(URI authorization, String subject, String email) {
        Instant now = Instant.now();
        return new JWTClaimsSet.Builder()
                .issuer(issuer())
                .subject(subject)
                .audience(CLIENT_ID)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(300)))
                .claim("nonce", query(authorization).get("nonce"))
                .claim("email", email)
                .claim("email_verified", true)
                .claim("name", "Some Body");
    }

    /** A code for these claims, good for once and for whoever knows the verifier. */
    static String code(URI authorization, JWTClaimsSet claims, ECKey key) {
        String code = UUID.randomUUID().toString();
        CODES.put(code, new Issued(query(authorization).get("code_challenge"), claims, key));
        return code;
    }

    public static String code(URI authorization, JWTClaimsSet claims) {
        return code(authorization, claims, KEY);
    }

    public static Map<String, String> query(URI address) {
        return fields(address.getRawQuery());
    }

    private static Map<String, String> fields(String text) {
        return Arrays.stream(text.split("&"))
                .map(field -> field.split("=", 2))
                .collect(Collectors.toMap(field -> field[0], field -> URLDecoder.decode(field[1], UTF_8)));
    }

    private static HttpServer start() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            String issuer = "http://127.0.0.1:" + server.getAddress().getPort();
            server.createContext(
                    "/.well-known/openid-configuration", exchange -> answer(exchange, 200, """
                    {"issuer": "%1$s", "authorization_endpoint": "%1$s/authorize?tenant=1", "token_endpoint": "%1$s/token",
                     "jwks_uri": "%1$s/keys"}""".formatted(issuer)));
            server.createContext("/keys", exchange -> answer(exchange, 200, new JWKSet(KEY).toString()));
            server.createContext("/token", TestIssuer::token);
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void token(HttpExchange exchange) throws IOException {
        Map<String, String> form = fields(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
        Issued issued = CODES.remove(form.getOrDefault("code", ""));
        String account = "Basic " + Base64.getEncoder().encodeToString((CLIENT_ID + ":a+secret").getBytes(UTF_8));
        if (issued == null
                || !account.equals(exchange.getRequestHeaders().getFirst("Authorization"))
                || !issued.challenge().equals(challenge(form.getOrDefault("code_verifier", "")))) {
            answer(exchange, 400, "{\"error\": \"invalid_grant\"}");
            return;
        }
        try {
            SignedJWT token = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("k1").build(), issued.claims());
            token.sign(new ECDSASigner(issued.key()));
            answer(exchange, 200, "{\"id_token\": \"%s\"}".formatted(token.serialize()));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String challenge(String verifier) {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private record Issued(String challenge, JWTClaimsSet claims, ECKey key) {}
}
