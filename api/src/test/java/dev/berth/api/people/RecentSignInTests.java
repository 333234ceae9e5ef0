package dev.berth.api.people;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.TestApi;
import dev.berth.api.TestApi.Answer;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a browser that was left open may not do; OWASP ASVS 5.0, 7.5. */
class RecentSignInTests {
    private static final JdbcClient ROWS = JdbcClient.create(TestApi.DATABASE.ownerDataSource());
    private static final String PASSWORD = "{\"password\": \"%s\"}".formatted(Browser.PASSWORD);

    @Test
    void sessionsAreEndedByWhoSignedInLately() {
        Browser.Account account = Browser.account();
        Browser here = Browser.signedIn(account);
        Browser there = Browser.signedIn(account);
        String other = here.get("/api/me/sessions").json().at("/items/0/id").asString();
        age(account);
        assertAgain(here.delete("/api/me/sessions"));
        assertAgain(here.delete("/api/me/sessions/" + other));
        assertThat(there.get("/api/me").status()).isEqualTo(200);
        String before = here.cookie();
        assertThat(here.signIn(account.email(), Browser.PASSWORD).status()).isEqualTo(204);
        assertThat(new Browser().withCookie(before).get("/api/me").status())
                .as("signing in again ends the session that it came from")
                .isEqualTo(401);
        assertThat(here.delete("/api/me/sessions/" + other).status()).isEqualTo(204);
        assertThat(there.get("/api/me").status()).isEqualTo(401);
        assertThat(here.delete("/api/me/sessions").status()).isEqualTo(204);
    }

    @Test
    void thePasswordAloneTakesNoSecondFactorAway() {
        SecondFactorTests.Enrolled person = new SecondFactorTests.Enrolled();
        age(person.account);
        assertAgain(person.browser.post("/api/me/totp/remove", PASSWORD));
        assertThat(person.browser
                        .signIn(person.account.email(), Browser.PASSWORD, person.code(0))
                        .status())
                .isEqualTo(204);
        assertThat(person.browser.post("/api/me/totp/remove", PASSWORD).status())
                .isEqualTo(204);
    }

    @Test
    void whoHasNoPasswordSignsInAgainForAFirstOneAndForASecondFactor() {
        Browser.Account account = Browser.account();
        Browser browser = Browser.signedIn(account);
        ROWS.sql("update users set password_hash = null where id = ?")
                .param(account.id())
                .update();
        String first = "{\"newPassword\": \"a first long one\"}";
        age(account);
        assertAgain(browser.post("/api/me/totp", "{}"));
        assertAgain(browser.send("PUT", "/api/me/password", first));
        ROWS.sql("update sessions set created_at = now() where user_id = ?")
                .param(account.id())
                .update();
        assertThat(browser.post("/api/me/totp", "{}").status()).isEqualTo(200);
        assertThat(browser.send("PUT", "/api/me/password", first).status()).isEqualTo(204);
    }

    @Test
    void anIdentityOfTheIssuerIsAddedByWhoSignedInLately() {
        Browser.Account account = Browser.account();
        Browser browser = Browser.signedIn(account);
        age(account);
        Answer answer = browser.send(browser.request("/api/sign-in/oidc").header("Sec-Fetch-Site", "same-origin"));
        assertThat(answer.header("Location")).endsWith("/sign-in?problem=oidc");
    }

    private static void age(Browser.Account account) {
        ROWS.sql("update sessions set created_at = now() - interval '11 minutes' where user_id = ?")
                .param(account.id())
                .update();
    }

    private static void assertAgain(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(403);
        assertThat(answer.json().get("type").asString()).isEqualTo("/problems/sign-in-again");
    }
}
