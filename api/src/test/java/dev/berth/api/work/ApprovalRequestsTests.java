package dev.berth.api.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.TestApi;
import dev.berth.api.TestApi.Answer;
import dev.berth.api.TestApi.Member;
import dev.berth.domain.DeploymentRef;
import dev.berth.domain.DeploymentState;
import dev.berth.domain.Failure;
import dev.berth.domain.FailureCode;
import dev.berth.domain.Hold;
import dev.berth.domain.ImageDigest;
import dev.berth.domain.OperationRef;
import dev.berth.store.Deployments;
import dev.berth.store.Holds;
import dev.berth.store.Operation;
import dev.berth.store.Operations;
import dev.berth.store.Tenancy;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What admins decide about a version that waits for them; with Temporal down. */
class ApprovalRequestsTests {
    private static final String SERVICES = "/api/containers/services/";
    private static final Hold APPROVAL = new Hold.Approval();

    private final Member owner = TestApi.member("owner");
    private final Tenancy tenancy = TestApi.DATABASE.tenancy();
    private final Deployments deployments = new Deployments(TestApi.DATABASE.dataSource());
    private final Operations operations = new Operations(TestApi.DATABASE.dataSource());
    private final Holds holds = new Holds(TestApi.DATABASE.dataSource());
    private String service = "";
    private OperationRef operation = new OperationRef(owner.organization(), UUID.randomUUID(), UUID.randomUUID());
    private DeploymentRef deployment = new DeploymentRef(owner.organization(), UUID.randomUUID(), UUID.randomUUID());

    @BeforeEach
    void aDeploymentThatIsBuilt() {
        service = owner.service("held");
        JsonNode accepted = owner.post(SERVICES + service + "/deploy", "{}").json();
        operation = new OperationRef(
                owner.organization(),
                UUID.fromString(service),
                UUID.fromString(accepted.get("operationId").asString()));
        deployment = new DeploymentRef(
                owner.organization(),
                UUID.fromString(service),
                UUID.fromString(accepted.get("deploymentId").asString()));
        in(() -> {
            operations.claimNext(deployment.service());
            deployments.move(deployment, DeploymentState.BUILDING);
            deployments.adoptImage(deployment, new ImageDigest("sha256:" + "a".repeat(64)), Optional.empty());
        });
    }

    @Test
    void anApprovalLetsItGoOnAndIsWrittenOnce() {
        assertRefused("approve");
        hold(APPROVAL);
        assertThat(shown().get("waitingFor").asString()).isEqualTo("approval");
        assertThat(shown().get("status").asString()).isEqualTo("pending");
        Answer answer = ask("approve");
        assertThat(answer.status()).as(answer.body()).isEqualTo(202);
        assertThat(answer.json().get("operationId").asString())
                .isEqualTo(operation.operationId().toString());
        assertThat(shown().get("waitingFor").isNull()).isTrue();
        assertThat(owner.get(SERVICES + service + "/deployments/" + deployment.deploymentId())
                        .json()
                        .get("approvedAt")
                        .isNull())
                .isFalse();
        assertRefused("approve");
        assertRefused("reject");
    }

    @Test
    void aRejectedOneEndsWithTheReason() {
        hold(APPROVAL);
        assertThat(ask("reject").status()).isEqualTo(202);
        assertThat(shown().get("status").asString()).isEqualTo("cancelled");
        assertThat(tenancy.inOrg(
                                owner.organization(),
                                () -> operations.find(owner.organization(), operation.operationId()))
                        .flatMap(Operation::failure)
                        .map(Failure::code))
                .contains(FailureCode.REJECTED);
        assertThat(shown().at("/reason/code").asString()).isEqualTo("rejected");
        assertThat(owner.get(SERVICES + service + "/deployments/" + deployment.deploymentId())
                        .json()
                        .get("status")
                        .asString())
                .isEqualTo("cancelled");
        assertRefused("approve");
    }

    @Test
    void whatWaitsForAWindowIsNobodysToApprove() {
        Instant opens = Instant.now().plus(Duration.ofHours(5)).truncatedTo(ChronoUnit.MINUTES);
        hold(new Hold.Window(opens));
        assertThat(shown().get("waitsUntil").asString()).isEqualTo(opens.toString());
        assertRefused("approve");
        assertThat(owner.post(SERVICES + service + "/cancel", "{}").status()).isEqualTo(202);
        assertThat(shown().get("status").asString()).isEqualTo("cancelled");
    }

    @Test
    void whatIsHeldCountsForNothingThatIsAskedMeanwhile() {
        hold(APPROVAL);
        Answer stop = owner.post(SERVICES + service + "/stop", "{}");
        assertThat(stop.status()).isEqualTo(409);
        assertThat(stop.json().get("detail").asString()).isEqualTo("The service has nothing that runs.");
    }

    @Test
    void otherGatesLetWhatIsHeldLookAgain() {
        hold(new Hold.Window(Instant.now().plus(Duration.ofHours(5))));
        Answer changed = owner.patch(SERVICES + service, """
                {"deployWindows": [{"days": ["sunday", "monday"], "from": "22:00", "until": "02:00"}],
                 "deployWindowZone": "Europe/Berlin", "approvalRequired": true}""");
        assertThat(changed.status()).as(changed.body()).isEqualTo(200);
        assertThat(changed.json().at("/deployWindows/0/days/0").asString()).isEqualTo("monday");
        assertThat(changed.json().get("deployWindowZone").asString()).isEqualTo("Europe/Berlin");
        assertThat(shown().get("waitingFor").isNull()).isTrue();
    }

    @Test
    void theGatesAreAnAdminsToChange() {
        Member developer = TestApi.member(owner.organization(), "developer");
        Answer refused = developer.patch(SERVICES + service, "{\"approvalRequired\": true}");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.json().get("detail").asString()).startsWith("Only admins of the organisation");
        assertThat(developer
                        .patch(SERVICES + service, "{\"approvalRequired\": false, \"replicas\": 2}")
                        .status())
                .as("what changes nothing of them is no change of them")
                .isEqualTo(200);
        Answer mine = developer.post("/api/containers/services", """
                {"name": "Mine", "gitUrl": "https://git.example.org/a/b.git", "approvalRequired": true}""");
        assertThat(mine.status()).isEqualTo(403);
        hold(APPROVAL);
        assertThat(developer
                        .post(SERVICES + service + "/deployments/" + deployment.deploymentId() + "/approve", "{}")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void whoMayNotApproveMayNotBeginAnewEither() {
        assertThat(owner.patch(SERVICES + service, "{\"approvalRequired\": true}")
                        .status())
                .isEqualTo(200);
        Member developer = TestApi.member(owner.organization(), "developer");
        Answer refused = developer.delete(SERVICES + service);
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.json().get("detail").asString()).contains("whose new versions they approve");
        assertThat(owner.delete(SERVICES + service).status()).isEqualTo(202);
    }

    @Test
    void whatHasPassedTheGatesIsNotGivenUpForANewerPush() {
        owner.patch(SERVICES + service, "{\"approvalRequired\": true, \"onNewer\": \"cancel\"}");
        in(() -> deployments.move(deployment, DeploymentState.DEPLOYING));
        owner.post(SERVICES + service + "/deploy", "{}");
        assertThat(shown().get("cancelRequestedAt").isNull()).isTrue();
    }

    @Test
    void aCancelLeavesAloneWhatIsHeldWhereSomethingRuns() {
        hold(APPROVAL);
        owner.post(SERVICES + service + "/scale", "{\"replicas\": 2}");
        in(() -> operations.claimNext(deployment.service()));
        assertThat(owner.post(SERVICES + service + "/cancel", "{}").status()).isEqualTo(202);
        assertThat(shown().get("status").asString()).isEqualTo("pending");
        assertThat(shown().get("waitingFor").asString()).isEqualTo("approval");
    }

    @Test
    void saysWhatIsWrongWithTheWindows() {
        Answer wrong = owner.patch(SERVICES + service, """
                {"deployWindows": [{"days": ["monday"], "from": "08:00", "until": "25:00"},
                                   {"days": ["someday"], "from": "08:00", "until": "09:00"}],
                 "deployWindowZone": "Mars/Base"}""");
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.blamed()).isEqualTo("[#/deployWindows/0/until, #/deployWindows/1/days, #/deployWindowZone]");
    }

    private void hold(Hold hold) {
        in(() -> {
            assertThat(holds.giveBack(operation, Optional.of(hold))).isTrue();
            deployments.move(deployment, DeploymentState.PENDING);
        });
    }

    private void assertRefused(String word) {
        Answer answer = ask(word);
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.json().get("detail").asString()).isEqualTo("The deployment does not wait for an approval.");
    }

    private Answer ask(String word) {
        return owner.post(SERVICES + service + "/deployments/" + deployment.deploymentId() + "/" + word, "{}");
    }

    private JsonNode shown() {
        return owner.get("/api/containers/operations/" + operation.operationId())
                .json();
    }

    private void in(Runnable work) {
        tenancy.inOrg(owner.organization(), work);
    }
}
