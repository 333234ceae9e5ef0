package dev.berth.api.people;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.berth.api.TestApi;
import dev.berth.api.TestApi.Answer;
import java.net.URI;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

class OidcTests {
    private static final JdbcClient ROWS = JdbcClient.create(TestApi.DATABASE.ownerDataSource());
    private static final Map<String, UnaryOperator<JWTClaimsSet.Builder>> WRONG = Map.of(
            "nonce", claims -> claims.claim("nonce", "another"),
            "no nonce", claims -> claims.claim("nonce", null),
            "audience", claims -> claims.audience("somebody else"),
            "issuer", claims -> claims.issuer("https://issuer.example"),
            "expiry", claims -> claims.expirationTime(Date.from(Instant.now().minusSeconds(600))),
            "no subject", claims -> claims.subject(null));

    private final String subject = UUID.randomUUID().toString();
    private final String email = subject + "@example.org";

    @Test
    void theIssuerSignsANewPersonInAndTheSamePersonAgain() {
        Trip first = new Trip();
        assertThat(first.authorization.toString()).startsWith(TestIssuer.issuer() + "/authorize?tenant=1&");
        assertThat(TestIssuer.query(first.authorization))
                .containsEntry("code_challenge_method", "S256")
                .containsEntry("response_type", "code");
        Answer back = first.back(claims -> claims);
        assertThat(back.status()).isEqualTo(302);
        assertThat(back.header("Location")).isEqualTo("http://berth.test:8080/");
        UUID id = first.browser.userId();
        assertThat(first.browser.get("/api/me").json().get("email").asString()).isEqualTo(email);
        Trip second = new Trip();
        second.back(claims -> claims.claim("email", "changed@example.org"));
        assertThat(second.browser.userId()).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonce", "no nonce", "audience", "issuer", "expiry", "no subject"})
    void anIdTokenThatIsNotForThisSignInOpensNothing(String what) {
        assertRefused(new Trip(), trip -> trip.back(WRONG.get(what)));
    }

    @Test
    void anIdTokenThatSomebodyElseSignedOpensNothing() {
        Trip trip = new Trip();
        String code = TestIssuer.code(trip.authorization, trip.claims().build(), TestIssuer.key());
        assertRefused(trip, started -> started.callback(code, started.state()));
    }

    @Test
    void aWayBackWorksOnceAndOnlyForTheBrowserThatBeganIt() {
        Trip trip = new Trip();
        String code = TestIssuer.code(trip.authorization, trip.claims().build());
        Trip other = new Trip();
        assertRefused(other, started -> started.callback(code, trip.state()));
        assertRefused(new Trip(), started -> started.callback(code, "another"));
        assertThat(trip.callback(code, trip.state()).header("Location")).endsWith(":8080/");
        String again = TestIssuer.code(trip.authorization, trip.claims().build());
        assertThat(trip.callback(again, trip.state()).header("Location")).endsWith("/sign-in?problem=oidc");
    }

    @Test
    void aStateThatWasTamperedWithIsNone() {
        Trip trip = new Trip();
        String code = TestIssuer.code(trip.authorization, trip.claims().build());
        trip.stateCookie = trip.stateCookie.replaceFirst("\\.-\\.", "." + UUID.randomUUID() + ".");
        assertRefused(trip, started -> started.callback(code, started.state()));
    }

    @Test
    void anAddressThatHasAnAccountIsNoProofOfBeingItsHolder() {
        Browser.Account account = Browser.account();
        assertRefused(new Trip(), trip -> trip.back(claims -> claims.claim("email", account.email())));
    }

    @Test
    void anAddressThatTheIssuerDidNotVerifyMakesNoAccount() {
        assertRefused(new Trip(), trip -> trip.back(claims -> claims.claim("email_verified", false)));
    }

    @Test
    void whoIsSignedInGetsTheIdentityFromAPageOfTheConsoleAndFromNoOther() {
        Browser.Account account = Browser.account();
        Trip elsewhere = new Trip(Browser.signedIn(account), "same-site");
        assertThat(elsewhere.stateCookie).contains(".-.");
        Trip trip = new Trip(Browser.signedIn(account), "same-origin");
        trip.back(claims -> claims);
        Trip later = new Trip();
        later.back(claims -> claims);
        assertThat(later.browser.userId()).isEqualTo(account.id());
    }

    @Test
    void anIdentityIsForTheSessionThatAskedForItOnly() {
        Browser.Account account = Browser.account();
        Trip signedOut = new Trip(Browser.signedIn(account), "same-origin");
        assertThat(signedOut.browser.delete("/api/session").status()).isEqualTo(204);
        assertRefused(signedOut, trip -> trip.back(claims -> claims));
        Trip ended = new Trip(Browser.signedIn(account), "same-origin");
        assertThat(Browser.signedIn(account).delete("/api/me/sessions").status())
                .isEqualTo(204);
        assertThat(ended.back(claims -> claims).header("Location")).endsWith("/sign-in?problem=oidc");
        assertThat(identities(account)).isZero();
    }

    @Test
    void aWayBackInTheBrowserOfAnotherLinksNothing() {
        Browser.Account account = Browser.account();
        Trip trip = new Trip(Browser.signedIn(account), "same-origin");
        String code = TestIssuer.code(trip.authorization, trip.claims().build());
        Browser another = Browser.signedIn(Browser.account());
        assertThat(trip.callback(code, trip.state(), another.cookie()).header("Location"))
                .endsWith("/sign-in?problem=oidc");
        assertThat(identities(account)).isZero();
        Trip own = new Trip(Browser.signedIn(account), "same-origin");
        String again = TestIssuer.code(own.authorization, own.claims().build());
        assertThat(own.callback(again, own.state(), own.browser.cookie()).header("Location"))
                .endsWith(":8080/");
        assertThat(identities(account)).isEqualTo(1);
    }

    private static int identities(Browser.Account account) {
        return ROWS.sql("select count(*) from user_identities where user_id = ?")
                .param(account.id())
                .query(Integer.class)
                .single();
    }

    @Test
    void whoIsDisabledIsSignedInByNobody() {
        Trip trip = new Trip();
        trip.back(claims -> claims);
        ROWS.sql("update users set disabled_at = now() where email = ?")
                .param(email)
                .update();
        assertRefused(new Trip(), again -> again.back(claims -> claims));
    }

    /** RFC 9207. */
    @Test
    void aWayBackThatNamesAnotherIssuerIsNone() {
        Trip trip = new Trip();
        String code = TestIssuer.code(trip.authorization, trip.claims().build());
        assertRefused(trip, started -> started.callback(code, started.state() + "&iss=https://issuer.example"));
        Trip right = new Trip();
        String good = TestIssuer.code(right.authorization, right.claims().build());
        assertThat(right.callback(good, right.state() + "&iss=" + TestIssuer.issuer())
                        .header("Location"))
                .isEqualTo("http://berth.test:8080/");
    }

    @Test
    void anAnswerOfTheIssuerHasAnEnd() {
        assertRefused(
                new Trip(),
                trip -> trip.back(claims -> claims.claim("filler", "x".repeat(OidcProvider.LONGEST_ANSWER))));
    }

    /** OWASP ASVS 5.0, 7.6.1: how long the issuer's own session is, does not count. */
    @Test
    void aSessionByTheIssuerLivesAsLongAsAnyOther() {
        Trip trip = new Trip();
        Answer back = trip.back(
                claims -> claims.expirationTime(Date.from(Instant.now().plusSeconds(60))));
        assertThat(back.response().headers().allValues("Set-Cookie"))
                .anySatisfy(cookie ->
                        assertThat(cookie).startsWith("berth_session=").contains("Max-Age=2592000"));
        assertThat(ROWS.sql("""
                        select extract(day from expires_at - created_at) from sessions where user_id = ?
                        """)
                        .param(trip.browser.userId())
                        .query(Integer.class)
                        .single())
                .isEqualTo(30);
    }

    /** What the issuer says of its own strength counts only where the operator said how it says that. */
    @Test
    void whoHasASecondFactorIsAskedForItsCodeWhateverTheIssuerSays() {
        SecondFactorTests.Enrolled person = new SecondFactorTests.Enrolled();
        identityOf(person.account.id());
        Trip trip = new Trip();
        Answer back = trip.back(claims -> claims.claim("amr", java.util.List.of("mfa")));
        assertThat(back.header("Location")).isEqualTo("http://berth.test:8080/sign-in?with=code");
        assertThat(trip.browser.cookie()).isEmpty();
        String known = back.header("Set-Cookie").replaceFirst(";.*", "");
        assertThat(code(trip.browser, known, "000000").status()).isEqualTo(401);
        assertThat(code(trip.browser, trip.stateCookie, person.code(0)).status())
                .as("the cookie of the way there is none of the way back")
                .isEqualTo(401);
        assertThat(code(trip.browser, known, person.code(0)).status()).isEqualTo(204);
        assertThat(trip.browser.userId()).isEqualTo(person.account.id());
    }

    private static Answer code(Browser browser, String cookie, String code) {
        return browser.send(TestApi.request("/api/sign-in/oidc/code")
                .header("Cookie", cookie)
                .header("Content-Type", "application/json")
                .POST(java.net.http.HttpRequest.BodyPublishers.ofString("{\"code\": \"%s\"}".formatted(code))));
    }

    @Test
    void aPlatformThatKnowsTheIssuersWordsTakesItsSecondFactorForOurs() {
        SecondFactorTests.Enrolled person = new SecondFactorTests.Enrolled();
        identityOf(person.account.id());
        for (Map.Entry<String, String> said :
                Map.of("mfa", "/", "pwd", "/sign-in?with=code").entrySet()) {
            Visitor visitor = new Visitor();
            Answer started = visitor.send(StrictPlatform.request("/api/sign-in/oidc"));
            URI authorization = URI.create(started.header("Location"));
            JWTClaimsSet claims = TestIssuer.claims(authorization, subject, email)
                    .claim("amr", java.util.List.of(said.getKey()))
                    .build();
            Answer back = visitor.send(StrictPlatform.request("/api/sign-in/oidc/callback?code=%s&state=%s"
                    .formatted(
                            TestIssuer.code(authorization, claims),
                            TestIssuer.query(authorization).get("state"))));
            assertThat(back.header("Location")).isEqualTo("https://berth.test" + said.getValue());
            assertThat(visitor.isSignedIn()).isEqualTo(said.getKey().equals("mfa"));
        }
    }

    private void identityOf(UUID user) {
        ROWS.sql("insert into user_identities (issuer, subject, user_id) values (?, ?, ?)")
                .params(TestIssuer.issuer(), subject, user)
                .update();
    }

    private static void assertRefused(Trip trip, java.util.function.Function<Trip, Answer> attempt) {
        Answer answer = attempt.apply(trip);
        assertThat(answer.status()).isEqualTo(302);
        assertThat(answer.header("Location")).isEqualTo("http://berth.test:8080/sign-in?problem=oidc");
        assertThat(trip.browser.cookie()).isEmpty();
    }

    /** A browser on its way to the issuer and back. */
    private final class Trip {
        private final Browser browser;
        private final URI authorization;
        private String stateCookie;

        Trip() {
            this(new Browser(), "cross-site");
        }

        Trip(Browser browser, String site) {
            this.browser = browser;
            Answer started = browser.send(browser.request("/api/sign-in/oidc").header("Sec-Fetch-Site", site));
            assertThat(started.status()).as(started.body()).isEqualTo(302);
            String cookie = started.header("Set-Cookie");
            assertThat(cookie).contains("HttpOnly", "SameSite=Lax", "Max-Age=600");
            stateCookie = cookie.substring(0, cookie.indexOf(';'));
            authorization = URI.create(started.header("Location"));
        }

        String state() {
            return TestIssuer.query(authorization).get("state");
        }

        JWTClaimsSet.Builder claims() {
            return TestIssuer.claims(authorization, subject, email);
        }

        Answer back(UnaryOperator<JWTClaimsSet.Builder> change) {
            return callback(
                    TestIssuer.code(authorization, change.apply(claims()).build()), state());
        }

        /** As a browser comes from the same site: with the cookie of the session too. */
        Answer callback(String code, String state, String session) {
            return browser.send(TestApi.request("/api/sign-in/oidc/callback?code=%s&state=%s".formatted(code, state))
                    .header("X-Forwarded-For", Browser.randomAddress())
                    .header("Cookie", stateCookie + "; " + session));
        }

        /** As a browser comes from another site: without the cookie of the session, which is strict. */
        Answer callback(String code, String state) {
            return browser.send(TestApi.request("/api/sign-in/oidc/callback?code=%s&state=%s".formatted(code, state))
                    .header("X-Forwarded-For", Browser.randomAddress())
                    .header("Cookie", stateCookie));
        }
    }
}
