package dev.berth.api.people;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import dev.berth.settings.Settings.OidcIssuer;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.ParseException;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Speaks with an outside issuer: OpenID Connect Core 1.0, 3.1, authorization code with PKCE (RFC 7636, S256). What it says of
 * itself is asked for by discovery at the first sign-in, so that Berth starts whether the issuer is there or not.
 */
final class OidcProvider {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(JWSAlgorithm.RS256, JWSAlgorithm.ES256);
    private static final JsonMapper JSON = new JsonMapper();
    /** More than any issuer says of itself, and not more than we want to hold for one. */
    static final int LONGEST_ANSWER = 256 * 1024;

    private final OidcIssuer settings;
    private final URI redirect;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    private Optional<Endpoints> endpoints = Optional.empty();

    /** @param redirect where the issuer sends browsers back to; registered there */
    OidcProvider(OidcIssuer settings, URI redirect) {
        this.settings = settings;
        this.redirect = redirect;
    }

    /** @throws OidcException where the issuer does not answer as it should */
    URI authorization(OidcState.Attempt attempt) throws OidcException {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("response_type", "code");
        query.put("client_id", settings.clientId());
        query.put("redirect_uri", redirect.toString());
        query.put("scope", "openid email profile");
        query.put("state", attempt.state());
        query.put("nonce", attempt.nonce());
        query.put("code_challenge", challenge(attempt.verifier()));
        query.put("code_challenge_method", "S256");
        URI base = endpoints().authorization();
        return URI.create(base + (base.getQuery() == null ? "?" : "&") + form(query));
    }

    /**
     * RFC 9207: a way back that says whose it is, is that issuer's.
     *
     * @throws OidcException for another's
     */
    void requireIssuer(Optional<String> named) throws OidcException {
        if (named.filter(issuer -> !issuer.equals(settings.issuer().toString())).isPresent()) {
            throw new OidcException("the way back is another issuer's");
        }
    }

    /** @throws OidcException where the issuer refuses the code or the ID token is not what it must be */
    Identity redeem(String code, OidcState.Attempt attempt) throws OidcException {
        Endpoints known = endpoints();
        String body = form(Map.of(
                "grant_type",
                "authorization_code",
                "code",
                code,
                "redirect_uri",
                redirect.toString(),
                "code_verifier",
                attempt.verifier()));
        // RFC 6749, 2.3.1: both are form-encoded before they are put together.
        String account = encoded(settings.clientId()) + ":" + encoded(settings.clientSecret());
        JsonNode answer = json(HttpRequest.newBuilder(known.token())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(account.getBytes(UTF_8)))
                .POST(HttpRequest.BodyPublishers.ofString(body)));
        return identity(answer.path("id_token").asString(""), attempt, known);
    }

    private Identity identity(String idToken, OidcState.Attempt attempt, Endpoints known) throws OidcException {
        DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, known.keys()));
        processor.setJWTClaimsSetVerifier(new DefaultJWTClaimsVerifier<>(
                settings.clientId(),
                new JWTClaimsSet.Builder()
                        .issuer(settings.issuer().toString())
                        .claim("nonce", attempt.nonce())
                        .build(),
                Set.of("sub", "iat", "exp")));
        try {
            JWTClaimsSet claims = processor.process(idToken, null);
            List<String> audience = claims.getAudience();
            if (audience.size() > 1 && !settings.clientId().equals(claims.getStringClaim("azp"))) {
                throw new OidcException("the ID token is for several and was not asked for by us");
            }
            boolean verified = Boolean.TRUE.equals(claims.getClaim("email_verified"));
            return new Identity(
                    claims.getIssuer(),
                    claims.getSubject(),
                    Optional.ofNullable(claims.getStringClaim("email")).filter(email -> verified),
                    Optional.ofNullable(claims.getStringClaim("name")),
                    isStrong(claims));
        } catch (ParseException | BadJOSEException | JOSEException e) {
            throw new OidcException("the ID token is not valid: " + e.getMessage());
        }
    }

    /** By what the issuer says and the operator knows to mean two factors; an issuer that says nothing asked for one. */
    private boolean isStrong(JWTClaimsSet claims) throws ParseException {
        Stream<String> methods =
                Stream.ofNullable(claims.getStringListClaim("amr")).flatMap(List::stream);
        return Stream.concat(Stream.ofNullable(claims.getStringClaim("acr")), methods)
                .anyMatch(settings.strong()::contains);
    }

    private synchronized Endpoints endpoints() throws OidcException {
        if (endpoints.isEmpty()) {
            String issuer = settings.issuer().toString();
            JsonNode found = json(HttpRequest.newBuilder(
                    URI.create(issuer.replaceAll("/$", "") + "/.well-known/openid-configuration")));
            // OpenID Connect Discovery 1.0, 4.3: or somebody else's document would do.
            if (!issuer.equals(found.path("issuer").asString(""))) {
                throw new OidcException("the discovery document is another issuer's");
            }
            try {
                endpoints = Optional.of(new Endpoints(
                        URI.create(found.path("authorization_endpoint").asString("")),
                        URI.create(found.path("token_endpoint").asString("")),
                        JWKSourceBuilder.create(
                                        URI.create(found.path("jwks_uri").asString(""))
                                                .toURL(),
                                        new DefaultResourceRetriever(
                                                (int) TIMEOUT.toMillis(), (int) TIMEOUT.toMillis(), LONGEST_ANSWER))
                                .retrying(true)
                                .build()));
            } catch (IllegalArgumentException | IOException e) {
                throw new OidcException("the discovery document names no usable addresses");
            }
        }
        return endpoints.get();
    }

    private JsonNode json(HttpRequest.Builder request) throws OidcException {
        try {
            HttpResponse<InputStream> response = http.send(
                    request.timeout(TIMEOUT)
                            .header("Accept", "application/json")
                            .build(),
                    BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                if (response.statusCode() != 200) {
                    throw new OidcException("the issuer answered " + response.statusCode());
                }
                byte[] answer = body.readNBytes(LONGEST_ANSWER + 1);
                if (answer.length > LONGEST_ANSWER) {
                    throw new OidcException("the issuer's answer has no end");
                }
                return JSON.readTree(answer);
            }
        } catch (IOException | JacksonException e) {
            throw new OidcException(
                    "the issuer does not answer: " + e.getClass().getSimpleName());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OidcException("interrupted");
        }
    }

    private static String challenge(String verifier) {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    private static String form(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8);
    }

    private record Endpoints(URI authorization, URI token, JWKSource<SecurityContext> keys) {}

    /**
     * @param email only where the issuer says that it verified it
     * @param strong whether the issuer asked for two factors, and said so
     */
    record Identity(String issuer, String subject, Optional<String> email, Optional<String> name, boolean strong) {}

    /** Why nobody was signed in; for the log, it holds no secrets. */
    static final class OidcException extends Exception {
        private static final long serialVersionUID = 1;

        OidcException(String message) {
            super(message);
        }
    }
}
