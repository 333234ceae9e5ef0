package dev.berth.api.people;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.TestApi;
import dev.berth.api.TestApi.Answer;
import dev.berth.store.LocalSeed;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class MailedLinksTests {
    private static final JdbcClient ROWS = JdbcClient.create(TestApi.DATABASE.ownerDataSource());

    private final String email = UUID.randomUUID() + "@example.org";

    @Test
    void theMailedLinkMakesAPersonWithAnOrganisationOnce() {
        assertThat(ask("/api/sign-up", email).status()).isEqualTo(202);
        String link = Mailbox.link(email, 1);
        Browser browser = new Browser();
        String body = complete(link, Browser.PASSWORD);
        assertThat(browser.post("/api/sign-up/complete", complete(link, "short"))
                        .blamed())
                .isEqualTo("[#/password]");
        assertThat(browser.post("/api/sign-up/complete", body).status()).isEqualTo(204);
        assertThat(browser.get("/api/me").json().get("email").asString()).isEqualTo(email);
        assertThat(browser.get("/api/orgs").json().at("/items/0/role").asString())
                .isEqualTo("owner");
        assertThat(new Browser().post("/api/sign-up/complete", body).status()).isEqualTo(404);
        assertThat(new Browser().signIn(email, Browser.PASSWORD).status()).isEqualTo(204);
    }

    @Test
    void whetherAnAddressIsKnownIsToldToItsMailboxOnly() {
        Browser.Account account = Browser.account();
        Answer known = ask("/api/sign-up", account.email());
        Answer unknown = ask("/api/sign-up", email);
        assertThat(known.status()).isEqualTo(202);
        assertThat(known.body()).isEqualTo(unknown.body());
        assertThat(Mailbox.letters(account.email(), 1).getFirst())
                .contains("has one already")
                .doesNotContain("link=");
    }

    @Test
    void aForgottenPasswordIsSetByTheMailedLinkAndEndsAllSessions() {
        Browser.Account account = Browser.account();
        Browser browser = Browser.signedIn(account);
        Answer unknown = ask("/api/password-reset", email);
        Answer known = ask("/api/password-reset", account.email());
        assertThat(known.status()).isEqualTo(202);
        assertThat(known.body()).isEqualTo(unknown.body());
        String body =
                "{\"link\": \"%s\", \"password\": \"a new long one\"}".formatted(Mailbox.link(account.email(), 1));
        assertThat(new Browser().post("/api/password-reset/complete", body).status())
                .isEqualTo(204);
        assertThat(browser.get("/api/me").status()).isEqualTo(401);
        assertThat(new Browser().signIn(account.email(), Browser.PASSWORD).status())
                .isEqualTo(401);
        assertThat(new Browser().signIn(account.email(), "a new long one").status())
                .isEqualTo(204);
        assertThat(new Browser().post("/api/password-reset/complete", body).status())
                .isEqualTo(404);
        assertThat(Mailbox.to(email))
                .as("Letters go one after the other, so none comes any more")
                .isEmpty();
    }

    @Test
    void howManyLettersAMailboxGetsIsToldToNobody() {
        Browser.Account account = Browser.account();
        for (int i = 0; i < LetterLimits.A_MAILBOX_PER_HOUR + 5; i++) {
            assertThat(ask("/api/password-reset", account.email()).status()).isEqualTo(202);
        }
        Browser.Account last = Browser.account();
        ask("/api/password-reset", last.email());
        assertThat(Mailbox.letters(last.email(), 1))
                .as("Letters go one after the other")
                .hasSize(1);
        assertThat(Mailbox.to(account.email()).count()).isEqualTo(LetterLimits.A_MAILBOX_PER_HOUR);
    }

    @Test
    void onlyTheNewestLinkWorksAndOnlyForTenMinutes() {
        Browser.Account account = Browser.account();
        ask("/api/password-reset", account.email());
        String first = Mailbox.link(account.email(), 1);
        ask("/api/password-reset", account.email());
        String second = Mailbox.link(account.email(), 2);
        String body = "{\"link\": \"%s\", \"password\": \"a new long one\"}";
        assertThat(new Browser()
                        .post("/api/password-reset/complete", body.formatted(first))
                        .status())
                .isEqualTo(404);
        assertThat(ROWS.sql("select extract(epoch from expires_at - now()) from one_time_links where user_id = ?")
                        .param(account.id())
                        .query(Integer.class)
                        .single())
                .isBetween(500, 600);
        ROWS.sql("update one_time_links set expires_at = now() where user_id = ?")
                .param(account.id())
                .update();
        assertThat(new Browser()
                        .post("/api/password-reset/complete", body.formatted(second))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void aLinkIsGoodForItsPurposeOnly() {
        ask("/api/sign-up", email);
        String body = "{\"link\": \"%s\", \"password\": \"a new long one\"}".formatted(Mailbox.link(email, 1));
        assertThat(new Browser().post("/api/password-reset/complete", body).status())
                .isEqualTo(404);
    }

    @Test
    void theTerminalsLinkMakesTheFirstAdminAndNoSecond() {
        String early = link();
        String link = link();
        Browser browser = new Browser();
        String body = "{\"link\": \"%s\", \"email\": \"%s\", \"displayName\": \"Boss\", \"password\": \"%s\"}";
        assertThat(browser.post("/api/welcome", body.formatted(early, email, Browser.PASSWORD))
                        .status())
                .as("A newer link takes its place")
                .isEqualTo(404);
        assertThat(browser.post("/api/welcome", body.formatted(link, email, Browser.PASSWORD))
                        .status())
                .isEqualTo(204);
        assertThat(browser.get("/api/me").json().get("platformAdmin").asBoolean())
                .isTrue();
        assertThat(browser.get("/api/platform/users").status()).isEqualTo(200);
        assertThat(LocalSeed.firstAdminLink(TestApi.DATABASE.dataSource())).isEmpty();
        ROWS.sql("update users set disabled_at = now() where email = ?")
                .param(email)
                .update();
    }

    private static String link() {
        ROWS.sql("update users set disabled_at = now() where platform_admin").update();
        return LocalSeed.firstAdminLink(TestApi.DATABASE.dataSource())
                .orElseThrow()
                .value();
    }

    private static Answer ask(String path, String email) {
        return new Browser().post(path, "{\"email\": \"%s\"}".formatted(email));
    }

    private static String complete(String link, String password) {
        return "{\"link\": \"%s\", \"displayName\": \"New\", \"password\": \"%s\", \"organizationName\": \"Ours\"}"
                .formatted(link, password);
    }
}
