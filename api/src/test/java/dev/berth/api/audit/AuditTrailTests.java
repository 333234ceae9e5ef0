package dev.berth.api.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.TestApi;
import dev.berth.api.TestApi.Answer;
import dev.berth.api.TestApi.Member;
import dev.berth.domain.Failure;
import dev.berth.domain.FailureCode;
import dev.berth.domain.OperationRef;
import dev.berth.domain.OperationState;
import dev.berth.store.Operations;
import dev.berth.store.Tenancy;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class AuditTrailTests {
    private static final String SERVICES = "/api/containers/services/";
    private static final JsonMapper JSON = new JsonMapper();

    private final Member owner = TestApi.member("owner");
    private final String audit = "/api/orgs/" + owner.organization() + "/audit";

    @Test
    void fromThePersonToTheEffectAndBack() {
        String service = owner.service("traced");
        JsonNode accepted = owner.post(SERVICES + service + "/deploy", "{}").json();
        UUID operation = UUID.fromString(accepted.get("operationId").asString());
        new Tenancy(TestApi.DATABASE.dataSource())
                .inOrg(
                        owner.organization(),
                        () -> new Operations(TestApi.DATABASE.dataSource())
                                .finish(
                                        new OperationRef(owner.organization(), UUID.fromString(service), operation),
                                        OperationState.FAILED,
                                        Optional.of(Failure.of(
                                                FailureCode.BUILD_SCRIPT_FAILED, "canary sentence", "Look."))));
        List<JsonNode> events = events("?operation=" + operation);
        assertThat(events).hasSize(2);
        JsonNode end = events.getFirst();
        JsonNode start = events.getLast();
        assertThat(start.at("/actor/id").asString()).isEqualTo(owner.tokenId().toString());
        assertThat(start.at("/actor/address").asString()).isEqualTo("127.0.0.1");
        assertThat(start.get("action").asString()).isEqualTo("service.deploy");
        assertThat(start.get("outcome").asString()).isEqualTo("requested");
        assertThat(start.at("/subject/id").asString()).isEqualTo(service);
        assertThat(start.get("workflowId").asString()).isEqualTo("service/" + service);
        assertThat(end.at("/actor/kind").asString()).isEqualTo("operation");
        assertThat(end.at("/actor/address").isNull()).isTrue();
        assertThat(end.get("outcome").asString()).isEqualTo("failed");
        assertThat(end.at("/detail/failure").asString()).isEqualTo("build_script_failed");
        assertThat(end.at("/subject/name").asString()).isEqualTo("An app");
        assertThat(end.get("workflowId").asString())
                .isEqualTo("deploy/" + accepted.get("deploymentId").asString());
        assertThat(end.toString()).doesNotContain("canary");
    }

    @Test
    void aChangeIsNotedByTheNamesOfWhatChangedAndNeverByValues() {
        String service = owner.service("changed");
        owner.patch(SERVICES + service, """
                {"replicas": 3, "env": {"PASSWORD": "canary-value"}, "gitUrl": "https://git.example.org/canary/b.git"}""");
        JsonNode event = events("?action=service.change").getFirst();
        assertThat(event.at("/detail/fields").asString()).isEqualTo("env, gitUrl, replicas");
        assertThat(event.at("/detail/env").asString()).isEqualTo("PASSWORD");
        assertThat(owner.get(audit).body()).doesNotContain("canary");
    }

    @Test
    void whatIsRefusedIsNotedAndCannotFloodTheTrail() {
        Member viewer = TestApi.member(owner.organization(), "viewer");
        String service = owner.service("refused");
        for (int i = 0; i < RefusalLog.PER_MINUTE + 5; i++) {
            assertThat(viewer.post(SERVICES + service + "/deploy", "{}").status())
                    .isEqualTo(403);
        }
        List<JsonNode> events = events("?outcome=refused&actor=" + viewer.tokenId());
        assertThat(events).hasSizeBetween(RefusalLog.PER_MINUTE, RefusalLog.PER_MINUTE + 2);
        assertThat(events.getFirst().at("/detail/request").asString())
                .isEqualTo("POST /api/containers/services/{serviceId}/deploy");
        assertThat(events.getFirst().at("/detail/needs").asString()).isEqualTo("deploy");
        assertThat(events.getFirst().at("/subject/id").asString()).isEqualTo(service);
    }

    @Test
    void aRequestThatFailsLeavesNoEvent() {
        owner.service("twice");
        assertThat(owner.post("/api/containers/services", """
                {"name": "An app", "slug": "twice", "gitUrl": "https://git.example.org/a/b.git"}""").status()).isEqualTo(409);
        assertThat(events("?action=service.create")).hasSize(1);
    }

    @Test
    void theTrailIsPagedNewestFirstAndCutByTime() {
        for (int i = 0; i < 5; i++) {
            owner.service("p" + i);
        }
        JsonNode first = owner.get(audit + "?limit=3").json();
        JsonNode second = owner.get(
                        audit + "?limit=3&cursor=" + first.get("nextCursor").asString())
                .json();
        assertThat(first.get("items").size()).isEqualTo(3);
        assertThat(second.get("items").size()).isEqualTo(2);
        assertThat(second.get("nextCursor").isNull()).isTrue();
        assertThat(first.at("/items/0/sequence").asInt()).isEqualTo(5);
        String at = first.at("/items/1/at").asString();
        assertThat(events("?from=" + at)).hasSize(2);
        assertThat(events("?to=" + at)).hasSize(3);
    }

    @Test
    void theExportIsTheChainInItsOrderAndEndsWithItsHead() {
        for (int i = 0; i < 3; i++) {
            owner.service("e" + i);
        }
        Answer export = owner.get(audit + "/export");
        assertThat(export.header("Content-Type")).isEqualTo("application/x-ndjson");
        List<JsonNode> lines = export.body().lines().map(JSON::readTree).toList();
        assertThat(lines.subList(0, 3).stream().map(line -> line.get("sequence").asInt()))
                .containsExactly(1, 2, 3);
        assertThat(lines.getLast().at("/head/hash")).isEqualTo(lines.get(2).get("hash"));
        assertThat(lines).hasSize(4);
    }

    @Test
    void aTrailThatSomebodyChangedBehindItsGuardsIsBroken() {
        for (int i = 0; i < 4; i++) {
            owner.service("v" + i);
        }
        JsonNode intact = owner.get(audit + "/verification").json();
        assertThat(intact.get("intact").asBoolean()).isTrue();
        assertThat(intact.get("events").asInt()).isEqualTo(4);
        assertThat(intact.get("firstBroken").isNull()).isTrue();
        // As somebody with the keys to the database would: without the triggers.
        JdbcClient.create(TestApi.DATABASE.ownerDataSource())
                .sql("""
                set session_replication_role = replica;
                update audit_events set subject_name = 'forged' where chain_id = '%s' and sequence = 3;
                set session_replication_role = origin
                """.formatted(owner.organization()))
                .update();
        JsonNode broken = owner.get(audit + "/verification").json();
        assertThat(broken.get("intact").asBoolean()).isFalse();
        assertThat(broken.get("firstBroken").asInt()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/export", "/verification"})
    void theTrailIsForAdminsOfItsOwnOrganisation(String path) {
        assertThat(TestApi.member(owner.organization(), "developer")
                        .get(audit + path)
                        .status())
                .isEqualTo(403);
        assertThat(TestApi.member(owner.organization(), "admin")
                        .get(audit + path)
                        .status())
                .isEqualTo(200);
        assertThat(TestApi.member("owner").get(audit + path).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?outcome=maybe",
                "?action=a%00b",
                "?actor=x",
                "?from=yesterday",
                "?to=%2B1000000-01-01T00:00:00Z",
                "?cursor=x",
                "?limit=0"
            })
    void aFilterThatCannotBeIsRefused(String query) {
        assertThat(owner.get(audit + query).status()).isEqualTo(400);
    }

    private List<JsonNode> events(String query) {
        Answer answer = owner.get(audit + query);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return List.copyOf(answer.json().get("items").values());
    }
}
