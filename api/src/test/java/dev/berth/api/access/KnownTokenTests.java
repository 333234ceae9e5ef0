package dev.berth.api.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.TestApi;
import dev.berth.api.TestApi.Answer;
import dev.berth.api.TestApi.Member;
import dev.berth.domain.Role;
import dev.berth.store.Grants;
import dev.berth.store.Memberships;
import dev.berth.store.Tenancy;
import dev.berth.store.Tokens;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A token that this process has seen before is worth what the database says of it, at once, and not what it was worth then. */
class KnownTokenTests {
    private static final String SERVICES = "/api/containers/services";
    private static final String AUDIT = "/api/orgs/{organization}/audit";

    private final Tenancy tenancy = new Tenancy(TestApi.DATABASE.dataSource());
    private final Member owner = TestApi.member("owner");
    private final Member member = TestApi.member(owner.organization(), "developer");
    private String service = "";

    @BeforeEach
    void known() {
        service = owner.service("known-" + UUID.randomUUID().toString().substring(0, 8));
        assertThat(member.get(SERVICES + "/" + service).status()).isEqualTo(200);
        assertThat(member.get(SERVICES).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "GET,  /api/containers/services/{service}",
        "GET,  /api/containers/services",
        "GET,  /api/containers/services?cursor=nonsense",
        "GET,  /api/containers/services/01900000-0000-7000-8000-000000000001",
        "GET,  /api/containers/services/no-id",
        "GET,  /api/orgs/{organization}/audit",
        "GET,  /api/containers/services/{service}/deployments",
        "GET,  /api/me",
        "GET,  /api/nope",
        "GET,  /api/containers/services/{service}/deploy",
        "HEAD, /api/containers/services",
        "OPTIONS, /api/containers/services",
        "POST, /api/containers/services/{service}/deploy",
        "DELETE, /api/containers/services/{service}"
    })
    void aRevokedOneGetsNothingAnywhere(String method, String path) {
        asPlatform(() -> new Tokens(TestApi.DATABASE.dataSource()).revoke(member.organization(), member.tokenId()));
        Answer answer = send(method, path);
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("WWW-Authenticate")).contains("invalid_token");
        assertThat(answer.body()).doesNotContain(service);
        assertThat(send(method, path).status()).as("and then").isEqualTo(401);
    }

    @Test
    void aNotAcceptableOneThatIsRevokedGetsTheSame() {
        asPlatform(() -> new Tokens(TestApi.DATABASE.dataSource()).revoke(member.organization(), member.tokenId()));
        Answer answer = TestApi.send(member.request(SERVICES).header("Accept", "image/png"));
        assertThat(answer.status()).isEqualTo(401);
    }

    @Test
    void whoLeftIsOut() {
        asPlatform(() -> memberships().delete(member.organization(), member.user()));
        assertThat(send("GET", SERVICES + "/{service}").status()).isEqualTo(401);
    }

    @Test
    void whoMayMoreNowMayAtOnce() {
        assertThat(send("GET", AUDIT).status()).isEqualTo(403);
        asPlatform(() -> memberships().setRole(member.organization(), member.user(), Role.ADMIN));
        assertThat(send("GET", AUDIT).status()).isEqualTo(200);
        assertThat(send("GET", AUDIT).status()).as("and then").isEqualTo(200);
    }

    @Test
    void whoMayLessNowMayNotAnyMore() {
        asPlatform(() -> memberships().setRole(member.organization(), member.user(), Role.ADMIN));
        assertThat(send("GET", AUDIT).status()).isEqualTo(200);
        assertThat(send("GET", AUDIT).status()).isEqualTo(200);
        asPlatform(() -> memberships().setRole(member.organization(), member.user(), Role.VIEWER));
        assertThat(send("GET", AUDIT).status()).isEqualTo(403);
        assertThat(send("GET", SERVICES + "/{service}").status()).isEqualTo(200);
    }

    @Test
    void whoMayLessNowHearsThatBeforeWhatIsWrongWithTheRequest() {
        asPlatform(() -> memberships().setRole(member.organization(), member.user(), Role.ADMIN));
        assertThat(send("GET", AUDIT).status()).isEqualTo(200);
        asPlatform(() -> memberships().setRole(member.organization(), member.user(), Role.VIEWER));
        assertThat(send("GET", AUDIT + "?cursor=nonsense").status()).isEqualTo(403);
    }

    @Test
    void aRevokedOneDoesNotHearWhatAnAddressKnows() {
        asPlatform(() -> new Tokens(TestApi.DATABASE.dataSource()).revoke(member.organization(), member.tokenId()));
        Answer answer = send("GET", SERVICES + "/{service}/deploy");
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("Allow")).isEmpty();
    }

    @Test
    void whoseRightsChangedIsStillAnsweredTheFirstTime() {
        asPlatform(() -> new Grants(TestApi.DATABASE.dataSource())
                .put(member.organization(), UUID.fromString(service), member.user(), Role.ADMIN));
        Answer answer = send("GET", SERVICES + "/{service}");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().get("id").asString()).isEqualTo(service);
    }

    @Test
    void whatIsNotThereIsStillNotThere() {
        assertThat(send("GET", SERVICES + "/01900000-0000-7000-8000-000000000001")
                        .status())
                .isEqualTo(404);
        assertThat(send("GET", SERVICES + "?cursor=nonsense").status()).isEqualTo(400);
        assertThat(send("GET", "/api/nope").status()).isEqualTo(404);
        assertThat(send("GET", SERVICES + "/{service}/deploy").status()).isEqualTo(405);
    }

    @Test
    void theLastUseIsNotedAMinuteLaterToo() {
        JdbcClient owners = JdbcClient.create(TestApi.DATABASE.ownerDataSource());
        owners.sql("update api_tokens set last_used_at = now() - interval '10 minutes' where id = ?")
                .param(member.tokenId())
                .update();
        assertThat(send("GET", SERVICES).status()).isEqualTo(200);
        assertThat(owners.sql("select last_used_at > now() - interval '1 minute' from api_tokens where id = ?")
                        .param(member.tokenId())
                        .query(Boolean.class)
                        .single())
                .isTrue();
    }

    private Answer send(String method, String path) {
        return TestApi.send(member.request(path.replace("{service}", service)
                        .replace("{organization}", member.organization().toString()))
                .method(method, BodyPublishers.noBody()));
    }

    private static Memberships memberships() {
        return new Memberships(TestApi.DATABASE.dataSource());
    }

    private void asPlatform(Runnable change) {
        tenancy.asPlatform("test", change);
    }
}
