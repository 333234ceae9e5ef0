package dev.berth.api.repeats;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.TestApi;
import dev.berth.api.TestApi.Answer;
import dev.berth.api.TestApi.Member;
import dev.berth.api.people.Browser;
import dev.berth.domain.Role;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Requests that do not keep their answer in their own transaction: the key is taken first, and the answer kept behind them. */
class RepeatInPersonTests {
    private static final JdbcClient ROWS = JdbcClient.create(TestApi.DATABASE.ownerDataSource());

    private final Member owner = TestApi.member("owner");
    private final String tokens = "/api/orgs/" + owner.organization() + "/tokens";
    private final Browser browser = Browser.of(owner.organization(), Role.ADMIN);

    @Test
    void aTokenIsMadeOnceShownAgainToWhoMadeItAndNowhereInTheDatabase() {
        Answer made = post(tokens, "k", "{\"name\": \"ci\", \"scope\": \"read\"}");
        Answer again = post(tokens, "k", "{\"scope\": \"read\", \"name\": \"ci\"}");
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        assertThat(again.status()).as(again.body()).isEqualTo(201);
        assertThat(again.body()).isEqualTo(made.body());
        assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(count("select count(*) from api_tokens where name = 'ci' and organization_id = ?"))
                .isEqualTo(1);
        byte[] kept = ROWS.sql("select body from idempotency_keys where organization_id = ?")
                .param(owner.organization())
                .query(byte[].class)
                .single();
        assertThat(new String(kept, ISO_8859_1))
                .doesNotContain(made.json().get("token").asString());
    }

    @Test
    void aRefusedRequestGivesItsKeyBack() {
        assertThat(post(tokens, "k", "{\"name\": \"\", \"scope\": \"read\"}").status())
                .isEqualTo(400);
        assertThat(count("select count(*) from idempotency_keys where organization_id = ?"))
                .isZero();
        assertThat(post(tokens, "k", "{\"name\": \"now right\", \"scope\": \"read\"}")
                        .status())
                .isEqualTo(201);
    }

    @Test
    void signingInKeepsNoAnswer() {
        Answer answer = post("/api/session", "k", "{\"token\": \"" + owner.token() + "\"}");
        assertThat(answer.status()).isEqualTo(204);
        Answer again = post("/api/session", "k", "{\"token\": \"" + owner.token() + "\"}");
        assertThat(again.header("Set-Cookie")).contains("berth_session=");
        assertThat(again.header("Idempotent-Replayed")).isEmpty();
    }

    @Test
    void whatAPersonMayNotDoIsInTheTrailOfTheOrganisation() {
        Browser viewer = Browser.of(owner.organization(), Role.VIEWER);
        UUID user = viewer.userId();
        assertThat(viewer.post("/api/containers/services", "{}").status()).isEqualTo(403);
        Answer trail = owner.get("/api/orgs/" + owner.organization() + "/audit?outcome=refused&actor=" + user);
        assertThat(trail.json().at("/items/0/actor/kind").asString()).isEqualTo("user");
        assertThat(trail.json().at("/items/0/actor/address").asString()).startsWith("2001:db8:");
        assertThat(trail.json().get("items").size()).isEqualTo(1);
    }

    private Answer post(String path, String key, String body) {
        return browser.send(browser.request(path)
                .POST(BodyPublishers.ofString(body))
                .header("Idempotency-Key", key)
                .header("Content-Type", "application/json"));
    }

    private int count(String query) {
        return ROWS.sql(query).param(owner.organization()).query(Integer.class).single();
    }
}
