package dev.berth.api.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.TestApi;
import dev.berth.api.TestApi.Answer;
import dev.berth.api.TestApi.Member;
import dev.berth.domain.DeploymentRef;
import dev.berth.domain.DeploymentState;
import dev.berth.domain.FailureCode;
import dev.berth.domain.ImageDigest;
import dev.berth.domain.OperationRef;
import dev.berth.domain.OperationState;
import dev.berth.domain.TrafficPolicy;
import dev.berth.domain.canary.CanaryTally;
import dev.berth.store.Canaries;
import dev.berth.store.Canary;
import dev.berth.store.Cancellations;
import dev.berth.store.Deployments;
import dev.berth.store.Operation;
import dev.berth.store.Operations;
import dev.berth.store.Tenancy;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What people may decide about a canary, and what of it is shown; with Temporal down. */
class CanaryRequestsTests {
    private static final String SERVICES = "/api/containers/services/";

    private final Member owner = TestApi.member("owner");
    private final Tenancy tenancy = TestApi.DATABASE.tenancy();
    private final Deployments deployments = new Deployments(TestApi.DATABASE.dataSource());
    private final Operations operations = new Operations(TestApi.DATABASE.dataSource());
    private final Canaries canaries = new Canaries(TestApi.DATABASE.dataSource());
    private final Cancellations cancellations = new Cancellations(TestApi.DATABASE.dataSource());
    private String service = "";
    private DeploymentRef deployment = new DeploymentRef(owner.organization(), UUID.randomUUID(), UUID.randomUUID());

    @BeforeEach
    void aDeploymentUnderWay() {
        service = owner.service("canary");
        JsonNode accepted = owner.post(SERVICES + service + "/deploy", "{}").json();
        deployment = new DeploymentRef(
                owner.organization(),
                UUID.fromString(service),
                UUID.fromString(accepted.get("deploymentId").asString()));
        in(() -> {
            operations.claimNext(deployment.service());
            deployments.adoptImage(deployment, new ImageDigest("sha256:" + "a".repeat(64)), Optional.empty());
            deployments.move(deployment, DeploymentState.DEPLOYING);
        });
    }

    @ParameterizedTest
    @CsvSource({"promote, PROMOTE, ''", "abort, ABORT, CANCELLED"})
    void aWordIsWrittenOnceAndFollowedAsTheDeploymentsOperation(String word, Canary.Decision decision, String code) {
        begin();
        Answer answer = ask(word);
        assertThat(answer.status()).as(answer.body()).isEqualTo(202);
        assertThat(answer.json().get("deploymentId").asString())
                .isEqualTo(deployment.deploymentId().toString());
        assertThat(answer.json().get("operationId").asString())
                .isEqualTo(running().id().toString());
        Canary row = row();
        assertThat(row.decision()).contains(decision);
        assertThat(row.failure().map(failure -> failure.code()))
                .isEqualTo(code.isEmpty() ? Optional.empty() : Optional.of(FailureCode.valueOf(code)));
        for (String other : new String[] {"promote", "abort"}) {
            assertRefused(other, "It is decided already what becomes of the canary.");
        }
        assertThat(row()).isEqualTo(row);
    }

    @Test
    void whatIsNoCanaryIsRefusedWithTheReason() {
        assertRefused("promote", "The deployment is no canary, or not yet.");
        in(() -> canaries.plan(deployment, TrafficPolicy.DEFAULT));
        assertRefused("abort", "The deployment is no canary, or not yet.");
        begin();
        OperationRef asked = running().ref();
        in(() -> cancellations.request(asked));
        assertRefused("promote", "The deployment is being cancelled.");
        in(() -> operations.finish(asked, OperationState.CANCELLED, Optional.empty()));
        assertRefused("promote", "The deployment is not under way.");
        assertThat(owner.post(SERVICES + service + "/deployments/" + UUID.randomUUID() + "/promote", "{}")
                        .status())
                .isEqualTo(404);
        assertThat(row().decision()).isEmpty();
    }

    @Test
    void theDeploymentShowsItsPartAndWhatWasCounted() {
        assertThat(shown("/deployments/" + deployment.deploymentId())
                        .get("canary")
                        .isNull())
                .isTrue();
        in(() -> canaries.plan(deployment, TrafficPolicy.DEFAULT));
        assertThat(shown("/deployments/" + deployment.deploymentId())
                        .get("canary")
                        .isNull())
                .as("it has no part yet")
                .isTrue();
        begin();
        in(() -> canaries.count(deployment, CanaryTally.NOTHING.plus(new CanaryTally.Counters(40, 2))));
        for (JsonNode canary : new JsonNode[] {
            shown("/deployments/" + deployment.deploymentId()).get("canary"),
            shown("/deployments").at("/items/0/canary")
        }) {
            assertThat(canary.get("weight").asInt()).isEqualTo(10);
            assertThat(canary.get("requests").asInt()).isEqualTo(40);
            assertThat(canary.get("errors").asInt()).isEqualTo(2);
            assertThat(canary.get("maxErrorPercent").asInt()).isEqualTo(5);
            assertThat(canary.get("promotesItself").asBoolean()).isFalse();
            assertThat(canary.get("decision").isNull()).isTrue();
            assertThat(canary.get("since").asString())
                    .isLessThan(canary.get("until").asString());
        }
    }

    @Test
    void theSettingsOfAServiceAreItsOwn() {
        JsonNode plain = shown("");
        assertThat(plain.get("strategy").asString()).isEqualTo("blue_green");
        assertThat(plain.get("canaryWeight").asInt()).isEqualTo(10);
        assertThat(plain.get("canaryHoldSeconds").asInt()).isZero();
        assertThat(plain.get("canaryMaxErrorPercent").asInt()).isEqualTo(5);
        Answer changed = owner.patch(SERVICES + service, """
                {"strategy": "canary", "canaryWeight": 25, "canaryHoldSeconds": 600, "canaryMaxErrorPercent": 1}""");
        assertThat(changed.status()).as(changed.body()).isEqualTo(200);
        JsonNode canary = shown("");
        assertThat(canary.get("strategy").asString()).isEqualTo("canary");
        assertThat(canary.get("canaryWeight").asInt()).isEqualTo(25);
        assertThat(canary.get("canaryHoldSeconds").asInt()).isEqualTo(600);
        assertThat(canary.get("canaryMaxErrorPercent").asInt()).isEqualTo(1);
        Answer wrong = owner.patch(SERVICES + service, """
                {"strategy": "green", "canaryWeight": 0, "canaryHoldSeconds": 86401, "canaryMaxErrorPercent": 101}""");
        assertThat(wrong.blamed())
                .isEqualTo("[#/strategy, #/canaryWeight, #/canaryHoldSeconds, #/canaryMaxErrorPercent]");
    }

    private void begin() {
        in(() -> {
            canaries.plan(deployment, TrafficPolicy.DEFAULT);
            canaries.begin(deployment, Duration.ofDays(1));
        });
    }

    private void assertRefused(String word, String sentence) {
        Answer answer = ask(word);
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.json().get("detail").asString()).isEqualTo(sentence);
    }

    private Answer ask(String word) {
        return owner.post(SERVICES + service + "/deployments/" + deployment.deploymentId() + "/" + word, "{}");
    }

    private JsonNode shown(String path) {
        return owner.get(SERVICES + service + path).json();
    }

    private Operation running() {
        return tenancy.inOrg(owner.organization(), () -> operations.outline(deployment.service()))
                .getFirst();
    }

    private Canary row() {
        return tenancy.inOrg(owner.organization(), () -> canaries.find(deployment))
                .orElseThrow();
    }

    private void in(Runnable work) {
        tenancy.inOrg(owner.organization(), work);
    }
}
