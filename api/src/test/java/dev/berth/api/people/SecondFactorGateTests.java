package dev.berth.api.people;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.TestApi;
import dev.berth.api.TestApi.Answer;
import dev.berth.api.TestApi.Member;
import dev.berth.domain.Role;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A platform that demands a second factor of everybody; OWASP ASVS 5.0, 6.3.3. */
class SecondFactorGateTests {
    @ParameterizedTest
    @CsvSource({
        "GET, /api/orgs",
        "POST, /api/orgs",
        "PATCH, /api/me",
        "PUT, /api/me/password",
        "GET, /api/me/sessions",
        "DELETE, /api/me/sessions",
        "POST, /api/me/totp/remove",
        "GET, /api/containers/services",
        "POST, /api/containers/services",
        "GET, /api/templates"
    })
    void whoHasNoneMayNothing(String method, String path) {
        Browser.Account account = Browser.account();
        Browser.join(TestApi.DATABASE.organization(), account, Role.OWNER);
        Visitor visitor = new Visitor();
        assertThat(visitor.signIn(account.email()).status()).isEqualTo(204);
        Answer answer = visitor.send(method, path, "{}");
        // The name of oneself may be changed; it is the same address as looking at oneself.
        assertThat(answer.json().get("type").asString())
                .isEqualTo(path.equals("/api/me") ? "/problems/invalid-input" : "/problems/second-factor-required");
    }

    @Test
    void whoHasNoneMayLookAtThemselvesSetOneUpAndThenGoOn() {
        Browser.Account account = Browser.account();
        Visitor visitor = new Visitor();
        visitor.signIn(account.email());
        assertThat(visitor.get("/api/me").json().get("hasSecondFactor").asBoolean())
                .isFalse();
        Answer proposed = visitor.post("/api/me/totp", "{\"password\": \"%s\"}".formatted(Browser.PASSWORD));
        assertThat(proposed.status()).as(proposed.body()).isEqualTo(200);
        byte[] secret = SecondFactorTests.decoded(proposed.json().get("secret").asString());
        String code = Totp.code(secret, Totp.stepAt(java.time.Instant.now()));
        assertThat(visitor.get("/api/orgs").status())
                .as("proposed is not yet set up")
                .isEqualTo(403);
        assertThat(visitor.post("/api/me/totp/confirm", "{\"code\": \"%s\"}".formatted(code))
                        .status())
                .isEqualTo(200);
        assertThat(visitor.get("/api/orgs").status()).isEqualTo(200);
    }

    @Test
    void whoHasNoneMaySignOut() {
        Visitor visitor = new Visitor();
        visitor.signIn(Browser.account().email());
        assertThat(visitor.send("DELETE", "/api/session", "").status()).isEqualTo(204);
        assertThat(visitor.isSignedIn()).isFalse();
    }

    @Test
    void aTokenIsNobodyThereInPerson() {
        Member member = TestApi.member("owner");
        assertThat(TestApi.send(StrictPlatform.request("/api/containers/services")
                                .header("Authorization", "Bearer " + member.token()))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aPlatformThatDemandsNoneAsksNobody() {
        Browser browser = Browser.of(TestApi.DATABASE.organization(), Role.VIEWER);
        assertThat(browser.get("/api/orgs").status()).isEqualTo(200);
        assertThat(browser.get("/api/me/sessions/" + UUID.randomUUID()).status())
                .isEqualTo(405);
    }
}
