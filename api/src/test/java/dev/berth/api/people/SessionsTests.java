package dev.berth.api.people;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.TestApi;
import dev.berth.api.TestApi.Answer;
import dev.berth.api.TestApi.Member;
import dev.berth.domain.Role;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

class SessionsTests {
    private static final UUID ORGANIZATION = TestApi.DATABASE.organization();
    private static final JdbcClient ROWS = JdbcClient.create(TestApi.DATABASE.ownerDataSource());

    @Test
    void thePasswordOpensASessionWhoseCookieIsNoScriptsBusiness() {
        Browser.Account account = Browser.account();
        Browser.join(ORGANIZATION, account, Role.OWNER);
        Browser browser = new Browser();
        Answer answer = browser.signIn(account.email().toUpperCase(java.util.Locale.ROOT), Browser.PASSWORD);
        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.header("Set-Cookie")).contains("HttpOnly", "SameSite=Strict", "Path=/");
        JsonNode me = browser.get("/api/me").json();
        assertThat(me.get("email").asString()).isEqualTo(account.email());
        assertThat(me.at("/organization/role").asString()).isEqualTo("owner");
        assertThat(me.get("token").isNull()).isTrue();
    }

    @Test
    void signingInMakesANewSessionAndEndsTheOneThatTheBrowserCameWith() {
        Browser attacker = Browser.signedIn(Browser.account());
        String planted = attacker.cookie();
        Browser victim = new Browser().withCookie(planted);
        Browser.Account account = Browser.account();
        assertThat(victim.signIn(account.email(), Browser.PASSWORD).status()).isEqualTo(204);
        assertThat(victim.cookie()).isNotEqualTo(planted);
        assertThat(attacker.get("/api/me").status()).isEqualTo(401);
        assertThat(victim.get("/api/me").json().get("email").asString()).isEqualTo(account.email());
    }

    @Test
    void aCookieIsWorthNothingAfterSignOut() {
        Browser browser = Browser.signedIn(Browser.account());
        String kept = browser.cookie();
        assertThat(browser.delete("/api/session").status()).isEqualTo(204);
        assertThat(browser.cookie()).isEmpty();
        assertThat(new Browser().withCookie(kept).get("/api/me").status()).isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource({"last_used_at, 13 hours", "expires_at, 1 second"})
    void aSessionEndsWhenNobodyUsesItAndInAnyCaseInTheEnd(String column, String ago) {
        Browser.Account account = Browser.account();
        Browser browser = Browser.signedIn(account);
        assertThat(browser.get("/api/me").status()).isEqualTo(200);
        ROWS.sql(
                        "update sessions set created_at = now() - interval '40 days', %s = now() - interval '%s' where user_id = ?"
                                .formatted(column, ago))
                .param(account.id())
                .update();
        assertThat(browser.get("/api/me").status()).isEqualTo(401);
    }

    @Test
    void sessionsAreListedAndEndedAtOnce() {
        Browser.Account account = Browser.account();
        Browser here = Browser.signedIn(account);
        Browser there = Browser.signedIn(account);
        List<JsonNode> sessions =
                List.copyOf(here.get("/api/me/sessions").json().get("items").values());
        assertThat(sessions).hasSize(2);
        assertThat(sessions.getFirst().get("current").asBoolean()).isFalse();
        String other = sessions.getFirst().get("id").asString();
        assertThat(Browser.signedIn(Browser.account())
                        .delete("/api/me/sessions/" + other)
                        .status())
                .as("Nobody ends another's")
                .isEqualTo(404);
        assertThat(here.delete("/api/me/sessions/" + other).status()).isEqualTo(204);
        assertThat(there.get("/api/me").status()).isEqualTo(401);
        Browser third = Browser.signedIn(account);
        assertThat(here.delete("/api/me/sessions").status()).isEqualTo(204);
        assertThat(third.get("/api/me").status()).isEqualTo(401);
        assertThat(here.get("/api/me").status()).isEqualTo(200);
    }

    @Test
    void aSessionThatIsEndedManyTimesAtOnceIsEndedOnce() throws Exception {
        Browser.Account account = Browser.account();
        Browser here = Browser.signedIn(account);
        Browser there = Browser.signedIn(account);
        String id = there.get("/api/me").json().get("sessionId").asString();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Integer> end =
                    () -> TestApi.send(here.request("/api/me/sessions/" + id).DELETE())
                            .status();
            List<Integer> answers = threads
                    .invokeAll(IntStream.range(0, 8).mapToObj(i -> end).toList())
                    .stream()
                    .map(Future::resultNow)
                    .toList();
            assertThat(answers).containsOnlyOnce(204).containsOnly(204, 404);
        }
        assertThat(there.get("/api/me").status()).isEqualTo(401);
    }

    @Test
    void whoIsUnknownDisabledOrWithoutAPasswordIsAnsweredLikeAWrongPassword() {
        Browser.Account disabled = Browser.account();
        ROWS.sql("update users set disabled_at = now() where id = ?")
                .param(disabled.id())
                .update();
        Browser.Account bare = Browser.account();
        ROWS.sql("update users set password_hash = null where id = ?")
                .param(bare.id())
                .update();
        Answer wrong = new Browser().signIn(Browser.account().email(), "not the password");
        assertThat(wrong.status()).isEqualTo(401);
        for (String email : new String[] {"nobody@example.org", disabled.email(), bare.email()}) {
            Answer answer = new Browser().signIn(email, Browser.PASSWORD);
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.body()).isEqualTo(wrong.body());
            assertThat(answer.header("Set-Cookie")).isEmpty();
        }
    }

    @Test
    void guessingIsSlowWhetherTheAccountIsThereOrNot() {
        for (String email : new String[] {Browser.account().email(), UUID.randomUUID() + "@example.org"}) {
            Browser stranger = new Browser();
            List<Answer> answers = IntStream.rangeClosed(0, Attempts.OF_ACCOUNT_PER_MINUTE + 1)
                    .mapToObj(i -> stranger.signIn(email, "guess number " + i))
                    .toList();
            assertThat(answers.getFirst().status()).isEqualTo(401);
            assertThat(answers.getLast().status()).isEqualTo(429);
            assertThat(answers.getLast().header("Retry-After")).matches("[1-9][0-9]?");
        }
    }

    @Test
    void nobodyLocksOutAnother() {
        Browser.Account account = Browser.account();
        Browser stranger = new Browser();
        IntStream.rangeClosed(0, Attempts.OF_ACCOUNT_PER_MINUTE + 1)
                .forEach(i -> stranger.signIn(account.email(), "guess number " + i));
        assertThat(stranger.signIn(account.email(), Browser.PASSWORD).status()).isEqualTo(429);
        assertThat(new Browser().signIn(account.email(), Browser.PASSWORD).status())
                .isEqualTo(204);
    }

    @Test
    void oneNetworkOfIpv6IsOneAddress() {
        String email = Browser.account().email();
        String network = Browser.randomAddress().replaceFirst("::1$", "::");
        List<Integer> answers = IntStream.rangeClosed(1, Attempts.OF_ACCOUNT_PER_MINUTE + 2)
                .mapToObj(i -> TestApi.send(TestApi.request("/api/session")
                                .header("X-Forwarded-For", network + i)
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString(
                                        "{\"email\": \"%s\", \"password\": \"guess number %d\"}".formatted(email, i))))
                        .status())
                .toList();
        assertThat(answers.getFirst()).isEqualTo(401);
        assertThat(answers.getLast()).isEqualTo(429);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "\\ud83d\\ude00"})
    void anAddressThatIsLongerThanAnyIsAnsweredLikeAnUnknownOne(String letter) {
        Answer unknown = new Browser().signIn("nobody@example.org", Browser.PASSWORD);
        Answer answer = new Browser().signIn(letter.repeat(50_000) + "@example.org", Browser.PASSWORD);
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.body()).isEqualTo(unknown.body());
        Browser browser = new Browser();
        IntStream.rangeClosed(0, Attempts.OF_ACCOUNT_PER_MINUTE)
                .forEach(i -> browser.signIn(letter.repeat(300) + i, Browser.PASSWORD));
        assertThat(browser.signIn(letter.repeat(300), Browser.PASSWORD).status())
                .as("Remembered no longer than an address may be")
                .isEqualTo(429);
    }

    @Test
    void oneAddressMayNotTryManyAccounts() {
        Browser browser = new Browser();
        // A machine that is slow enough gives some back meanwhile.
        List<Integer> answers = IntStream.range(0, 3 * Attempts.OF_ADDRESS_PER_MINUTE)
                .mapToObj(
                        i -> browser.post("/api/session", "{\"token\": \"x\"}").status())
                .takeWhile(status -> status == 401)
                .toList();
        assertThat(answers).hasSizeBetween(Attempts.OF_ADDRESS_PER_MINUTE, 3 * Attempts.OF_ADDRESS_PER_MINUTE - 1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"email\": \"a@b.c\"}",
                "{\"password\": \"x\"}",
                "{\"token\": \"x\", \"email\": \"a@b.c\"}",
                "{\"token\": \"x\", \"more\": 1}"
            })
    void aSignInIsEitherByTokenOrByPassword(String body) {
        assertThat(new Browser().post("/api/session", body).status()).isEqualTo(400);
    }

    @Test
    void aSessionThatATokenOpenedMayNoMoreThanTheTokenAndEndsWithIt() {
        Member member = TestApi.member("owner");
        Browser browser = new Browser();
        assertThat(browser.post("/api/session", "{\"token\": \"%s\"}".formatted(member.token()))
                        .status())
                .isEqualTo(204);
        assertThat(browser.cookie()).doesNotContain(member.token());
        assertThat(browser.get("/api/me").json().at("/token/id").asString())
                .isEqualTo(member.tokenId().toString());
        assertThat(browser.get("/api/containers/services").status()).isEqualTo(200);
        assertThat(browser.get("/api/me/sessions").status())
                .as("Not there in person")
                .isEqualTo(403);
        ROWS.sql("update api_tokens set scope = 'read' where id = ?")
                .param(member.tokenId())
                .update();
        assertThat(browser.post("/api/containers/services", "{}").status()).isEqualTo(403);
        ROWS.sql("update api_tokens set revoked_at = now() where id = ?")
                .param(member.tokenId())
                .update();
        assertThat(browser.get("/api/me").status()).isEqualTo(401);
    }

    @Test
    void aChangedPasswordEndsAllOtherSessions() {
        Browser.Account account = Browser.account();
        Browser here = Browser.signedIn(account);
        Browser there = Browser.signedIn(account);
        String body = "{\"currentPassword\": \"%s\", \"newPassword\": \"%s\"}";
        assertThat(here.send("PUT", "/api/me/password", body.formatted("wrong", "another long one"))
                        .blamed())
                .isEqualTo("[#/currentPassword]");
        assertThat(here.send("PUT", "/api/me/password", body.formatted(Browser.PASSWORD, "short"))
                        .blamed())
                .isEqualTo("[#/newPassword]");
        assertThat(here.send("PUT", "/api/me/password", body.formatted(Browser.PASSWORD, "another long one"))
                        .status())
                .isEqualTo(204);
        assertThat(here.get("/api/me").status()).isEqualTo(200);
        assertThat(there.get("/api/me").status()).isEqualTo(401);
        assertThat(new Browser().signIn(account.email(), Browser.PASSWORD).status())
                .isEqualTo(401);
        assertThat(new Browser().signIn(account.email(), "another long one").status())
                .isEqualTo(204);
    }

    @Test
    void theOrganisationIsTheOnlyOneOrTheOneThatIsNamed() {
        Browser.Account account = Browser.account();
        Browser browser = Browser.signedIn(account);
        assertThat(browser.get("/api/containers/services").status()).isEqualTo(403);
        Browser.join(ORGANIZATION, account, Role.VIEWER);
        assertThat(browser.get("/api/containers/services").status()).isEqualTo(200);
        UUID second = TestApi.DATABASE.organization();
        Browser.join(second, account, Role.OWNER);
        Answer unclear = browser.get("/api/containers/services");
        assertThat(unclear.status()).isEqualTo(400);
        assertThat(unclear.blamed()).isEqualTo("[X-Berth-Org]");
        for (String named :
                new String[] {second.toString(), "t" + second.toString().substring(24)}) {
            assertThat(browser.send(browser.request("/api/me").header("X-Berth-Org", named))
                            .json()
                            .at("/organization/id")
                            .asString())
                    .isEqualTo(second.toString());
        }
        Answer foreign = browser.send(browser.request("/api/containers/services")
                .header("X-Berth-Org", TestApi.DATABASE.organization().toString()));
        Answer unknown = browser.send(browser.request("/api/containers/services")
                .header("X-Berth-Org", UUID.randomUUID().toString()));
        assertThat(foreign.status()).isEqualTo(404);
        assertThat(foreign.body()).isEqualTo(unknown.body());
    }
}
