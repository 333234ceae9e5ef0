package dev.berth.api.organizations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.TestApi;
import dev.berth.api.TestApi.Answer;
import dev.berth.api.TestApi.Member;
import dev.berth.api.people.Browser;
import dev.berth.domain.Role;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

class TokensTests {
    private static final String SERVICES = "/api/containers/services";
    private static final Member OWNER = TestApi.member("owner");
    private static final UUID ORGANIZATION = OWNER.organization();
    private static final String TOKENS = "/api/orgs/" + ORGANIZATION + "/tokens";
    private static final JdbcClient ROWS = JdbcClient.create(TestApi.DATABASE.ownerDataSource());

    @Test
    void aTokenIsShownOnceWorksAndEndsAtOnce() {
        Browser browser = Browser.of(ORGANIZATION, Role.DEVELOPER);
        Answer made = create(browser, "deploy", "");
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        String value = made.json().get("token").asString();
        String id = made.json().at("/info/id").asString();
        assertThat(value).startsWith("berth_");
        assertThat(with(value).get(SERVICES).status()).isEqualTo(200);
        assertThat(browser.get(TOKENS).body()).contains(id).doesNotContain(value);
        assertThat(browser.delete(TOKENS + "/" + id).status()).isEqualTo(204);
        assertThat(with(value).get(SERVICES).status()).isEqualTo(401);
        assertThat(browser.delete(TOKENS + "/" + id).status()).isEqualTo(404);
    }

    @Test
    void aTokenExpires() {
        Answer made = create(Browser.of(ORGANIZATION, Role.VIEWER), "read", ", \"expiresInDays\": 1");
        String value = made.json().get("token").asString();
        assertThat(with(value).get("/api/me").status()).isEqualTo(200);
        ROWS.sql("update api_tokens set expires_at = now() where id = ?")
                .param(UUID.fromString(made.json().at("/info/id").asString()))
                .update();
        assertThat(with(value).get("/api/me").status()).isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource({
        "VIEWER, read, 201",
        "VIEWER, deploy, 403",
        "VIEWER, admin, 403",
        "DEVELOPER, deploy, 201",
        "DEVELOPER, admin, 403",
        "ADMIN, admin, 201",
        "OWNER, admin, 201"
    })
    void nobodyMakesATokenThatMayMoreThanTheyMay(Role role, String scope, int status) {
        assertThat(create(Browser.of(ORGANIZATION, role), scope, "").status()).isEqualTo(status);
    }

    @Test
    void noTokenMakesATokenAndNoSessionThatATokenOpened() {
        Browser browser = new Browser();
        browser.post("/api/session", "{\"token\": \"%s\"}".formatted(OWNER.token()));
        assertThat(create(browser, "read", "").status()).isEqualTo(403);
        assertThat(OWNER.post(TOKENS, "{\"name\": \"x\", \"scope\": \"read\"}").status())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"scope\": \"read\"}",
                "{\"name\": \"x\"}",
                "{\"name\": \"x\", \"scope\": \"READ\"}",
                "{\"name\": \"x\", \"scope\": \"read\", \"expiresInDays\": 0}",
                "{\"name\": \"x\", \"scope\": \"read\", \"serviceId\": \"01900000-0000-7000-8000-000000000001\"}"
            })
    void aBadWishIsRefused(String body) {
        assertThat(Browser.of(ORGANIZATION, Role.OWNER).post(TOKENS, body).status())
                .isEqualTo(400);
    }

    @Test
    void oneSeesOnesOwnAndAdminsSeeAll() {
        Browser one = Browser.of(ORGANIZATION, Role.DEVELOPER);
        Browser other = Browser.of(ORGANIZATION, Role.DEVELOPER);
        String id = create(one, "read", "").json().at("/info/id").asString();
        assertThat(one.get(TOKENS).body()).contains(id);
        assertThat(other.get(TOKENS).body()).doesNotContain(id);
        assertThat(other.delete(TOKENS + "/" + id).status()).isEqualTo(404);
        Browser admin = Browser.of(ORGANIZATION, Role.ADMIN);
        assertThat(admin.get(TOKENS + "?limit=200").body()).contains(id);
        assertThat(admin.delete(TOKENS + "/" + id).status()).isEqualTo(204);
        assertThat(TestApi.member("owner").get(TOKENS).status()).isEqualTo(404);
    }

    @Test
    void aTokenForOneServiceOpensNoOther() {
        String here = OWNER.service("here" + suffix());
        String elsewhere = OWNER.service("elsewhere" + suffix());
        Browser browser = Browser.of(ORGANIZATION, Role.OWNER);
        Member token = with(create(browser, "deploy", ", \"serviceId\": \"%s\"".formatted(here))
                .json()
                .get("token")
                .asString());
        Answer accepted = token.post(SERVICES + "/" + here + "/deploy", "{}");
        assertThat(accepted.status()).isEqualTo(202);
        assertThat(token.get("/api/containers/operations/"
                                + accepted.json().get("operationId").asString())
                        .status())
                .isEqualTo(200);
        Answer unseen = token.get(SERVICES + "/" + elsewhere);
        assertThat(unseen.status()).isEqualTo(404);
        assertThat(unseen.body())
                .isEqualTo(token.get(SERVICES + "/" + UUID.randomUUID()).body());
        assertThat(token.post(SERVICES + "/" + elsewhere + "/deploy", "{}").status())
                .isEqualTo(404);
        String operation = OWNER.post(SERVICES + "/" + elsewhere + "/deploy", "{}")
                .json()
                .get("operationId")
                .asString();
        assertThat(token.get("/api/containers/operations/" + operation).status())
                .isEqualTo(404);
        assertThat(token.get(SERVICES).body()).contains(here).doesNotContain(elsewhere);
        assertThat(token.post(SERVICES, "{}").status()).isEqualTo(403);
        assertThat(token.get(TOKENS).status()).isEqualTo(403);
    }

    @Test
    void aTokenNeverDoesMoreThanItsHolderMayAtThatMoment() {
        Member member = TestApi.member(ORGANIZATION, "developer");
        String service = OWNER.service("moment" + suffix());
        String path = SERVICES + "/" + service + "/deploy";
        assertThat(member.post(path, "{}").status()).isEqualTo(202);
        ROWS.sql("update memberships set role = 'viewer' where user_id = ?")
                .param(member.user())
                .update();
        assertThat(member.post(path, "{}").status()).isEqualTo(403);
        ROWS.sql("delete from memberships where user_id = ?")
                .param(member.user())
                .update();
        assertThat(member.get("/api/me").status()).isEqualTo(401);
    }

    private static Answer create(Browser browser, String scope, String more) {
        return browser.post(TOKENS, "{\"name\": \"ci\", \"scope\": \"%s\"%s}".formatted(scope, more));
    }

    private static Member with(String token) {
        return new Member(ORGANIZATION, OWNER.user(), OWNER.tokenId(), token);
    }

    private static String suffix() {
        return UUID.randomUUID().toString().substring(0, 8);
    }
}
