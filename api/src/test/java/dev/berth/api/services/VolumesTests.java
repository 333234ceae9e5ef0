package dev.berth.api.services;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.TestApi;
import dev.berth.api.TestApi.Answer;
import dev.berth.api.TestApi.Member;
import dev.berth.domain.ServiceRef;
import dev.berth.store.Services;
import dev.berth.store.Tenancy;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Folders that stay, as people ask for them. The tests' API offers them without a quota, two others do not or with one. */
class VolumesTests {
    private static final String SERVICES = "/api/containers/services";
    private static final ConfigurableApplicationContext OFF = TestApi.start(TestApi.DATABASE.url(), "--VOLUMES=off");
    private static final ConfigurableApplicationContext QUOTA =
            TestApi.start(TestApi.DATABASE.url(), "--VOLUMES=quota");

    private final Member owner = TestApi.member("owner");

    @AfterAll
    static void stop() {
        OFF.close();
        QUOTA.close();
    }

    @Test
    void aServiceShowsItsVolumeAndTheHostThatHasIt() {
        String path = created(100);
        JsonNode made = owner.get(path).json();
        assertThat(made.get("volumeMb").asInt()).isEqualTo(100);
        assertThat(made.get("volumeHost").isNull()).isTrue();
        place(path);
        assertThat(owner.get(path).json().get("volumeHost").asString()).isEqualTo("node1");
        JsonNode without = owner.get(SERVICES + "/" + owner.service("plain")).json();
        assertThat(without.get("volumeMb").isNull()).isTrue();
        assertThat(without.get("volumeHost").isNull()).isTrue();
    }

    @Test
    void itIsForOneReplicaAndForRecreate() {
        Answer refused = owner.post(SERVICES, body("app", "\"replicas\": 2, \"volumeMb\": 100"));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.blamed()).isEqualTo("[#/strategy, #/replicas]");
        String path = created(100);
        assertThat(refused(path, "{\"replicas\": 2}")).isEqualTo("[#/replicas]");
        assertThat(refused(path, "{\"strategy\": \"canary\"}")).isEqualTo("[#/strategy]");
        Answer scale = owner.post(path + "/scale", "{\"replicas\": 2}");
        assertThat(scale.status()).isEqualTo(400);
        assertThat(scale.blamed()).isEqualTo("[#/replicas]");
        assertThat(owner.post(path + "/scale", "{\"replicas\": 1}").status()).isEqualTo(202);
    }

    @Test
    void itGrowsAndDoesNotShrinkAndStays() {
        String path = created(100);
        assertThat(owner.patch(path, "{\"volumeMb\": 200}")
                        .json()
                        .get("volumeMb")
                        .asInt())
                .isEqualTo(200);
        assertThat(refused(path, "{\"volumeMb\": 199}")).isEqualTo("[#/volumeMb]");
        assertThat(refused(path, "{\"volumeMb\": 0}")).isEqualTo("[#/volumeMb]");
        assertThat(refused(path, "{\"volumeMb\": 1048577}")).isEqualTo("[#/volumeMb]");
        assertThat(refused(path, "{\"volumeMb\": null}")).isEqualTo("[#/volumeMb]");
        Answer silent = owner.patch(path, "{\"name\": \"Another\"}");
        assertThat(silent.json().get("volumeMb").asInt()).isEqualTo(200);
        assertThat(JdbcClient.create(TestApi.DATABASE.ownerDataSource())
                        .sql("select detail::text from audit_events where chain_id = ? and action = 'service.change'"
                                + " order by sequence limit 1")
                        .param(owner.organization())
                        .query(String.class)
                        .single())
                .contains("volumeMb");
    }

    @Test
    void itComesWithAChangeUnlessTheNumberOfReplicasIsJustBeingChanged() {
        String path = SERVICES + "/" + owner.service("app");
        String change = "{\"volumeMb\": 100, \"strategy\": \"recreate\"}";
        assertThat(owner.post(path + "/scale", "{\"replicas\": 3}").status()).isEqualTo(202);
        Answer meanwhile = owner.patch(path, change);
        assertThat(meanwhile.status()).isEqualTo(409);
        JdbcClient.create(TestApi.DATABASE.ownerDataSource())
                .sql("update operations set status = 'cancelled', finished_at = now() where organization_id = ?")
                .param(owner.organization())
                .update();
        Answer then = owner.patch(path, change);
        assertThat(then.status()).as(then.body()).isEqualTo(200);
        assertThat(then.json().get("volumeMb").asInt()).isEqualTo(100);
    }

    @Test
    void itCountsAsStorage() {
        limit(250);
        String path = created(100);
        Answer second = owner.post(SERVICES, body("second", "\"strategy\": \"recreate\", \"volumeMb\": 151"));
        assertThat(second.status()).isEqualTo(507);
        assertThat(second.json().get("type").asString()).isEqualTo("/problems/quota-exceeded");
        assertThat(second.json().get("shortages").toString()).contains("storage_mb");
        assertThat(owner.patch(path, "{\"volumeMb\": 251}").status()).isEqualTo(507);
        assertThat(owner.patch(path, "{\"volumeMb\": 250}").status()).isEqualTo(200);
        limit(10);
        assertThat(owner.patch(path, "{\"name\": \"Another\"}").status())
                .as("it keeps what it has")
                .isEqualTo(200);
        assertThat(owner.post(path + "/deploy", "").status()).isEqualTo(507);
    }

    @Test
    void whereNoneAreOfferedNoneAreMadeAndWhatIsThereStays() {
        Answer refused = send(
                OFF,
                request(OFF, SERVICES)
                        .POST(BodyPublishers.ofString(body("app", "\"strategy\": \"recreate\", \"volumeMb\": 100"))));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.blamed()).isEqualTo("[#/volumeMb]");
        String path = created(100);
        Answer larger = patch(OFF, path, "{\"volumeMb\": 200}");
        assertThat(larger.status()).isEqualTo(400);
        assertThat(larger.blamed()).isEqualTo("[#/volumeMb]");
        Answer same = patch(OFF, path, "{\"volumeMb\": 100, \"name\": \"Another\"}");
        assertThat(same.status()).as(same.body()).isEqualTo(200);
    }

    @Test
    void anEngineHoldsAVolumeToTheSizeThatItWasMadeWith() {
        String path = created(100);
        Answer before = patch(QUOTA, path, "{\"volumeMb\": 200}");
        assertThat(before.status()).as(before.body()).isEqualTo(200);
        place(path);
        Answer after = patch(QUOTA, path, "{\"volumeMb\": 300}");
        assertThat(after.status()).isEqualTo(400);
        assertThat(after.blamed()).isEqualTo("[#/volumeMb]");
        assertThat(owner.patch(path, "{\"volumeMb\": 300}").status())
                .as("where nothing holds it, the number alone changes")
                .isEqualTo(200);
    }

    @Test
    void theQuotaSaysWhetherThereAreAny() {
        String quota = "/api/orgs/" + owner.organization() + "/quota";
        assertThat(owner.get(quota).json().get("volumes").asString()).isEqualTo("unlimited");
        assertThat(send(OFF, request(OFF, quota).GET()).json().get("volumes").asString())
                .isEqualTo("off");
    }

    private String created(int volumeMb) {
        Answer answer = owner.post(SERVICES, body("app", "\"strategy\": \"recreate\", \"volumeMb\": " + volumeMb));
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return SERVICES + "/" + answer.json().get("id").asString();
    }

    private static String body(String slug, String more) {
        return """
                {"name": "An app", "slug": "%s", "gitUrl": "https://git.example.org/a/b.git", %s}""".formatted(slug, more);
    }

    private String refused(String path, String change) {
        Answer answer = owner.patch(path, change);
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        return answer.blamed();
    }

    /** What the first deployment does. */
    private void place(String path) {
        ServiceRef service =
                new ServiceRef(owner.organization(), UUID.fromString(path.substring(path.lastIndexOf('/') + 1)));
        new Tenancy(TestApi.DATABASE.dataSource())
                .inOrg(
                        owner.organization(),
                        () -> new Services(TestApi.DATABASE.dataSource()).placeVolume(service, "node1"));
    }

    private void limit(int storageMb) {
        JdbcClient.create(TestApi.DATABASE.ownerDataSource())
                .sql("update organization_quotas set storage_mb = ? where organization_id = ?")
                .params(storageMb, owner.organization())
                .update();
    }

    private Answer patch(ConfigurableApplicationContext process, String path, String change) {
        return send(
                process,
                request(process, path)
                        .method("PATCH", BodyPublishers.ofString(change))
                        .header("If-Match", "*"));
    }

    private HttpRequest.Builder request(ConfigurableApplicationContext process, String path) {
        int port = ((WebServerApplicationContext) process).getWebServer().getPort();
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .timeout(Duration.ofSeconds(20))
                .header("Authorization", "Bearer " + owner.token())
                .header("Content-Type", "application/json");
    }

    private static Answer send(ConfigurableApplicationContext process, HttpRequest.Builder request) {
        assertThat(process.isRunning()).isTrue();
        return TestApi.send(request);
    }
}
