package dev.berth.api.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.TestApi;
import dev.berth.api.TestApi.Answer;
import dev.berth.api.TestApi.Member;
import dev.berth.domain.DeploymentRef;
import dev.berth.domain.DeploymentState;
import dev.berth.domain.ImageDigest;
import dev.berth.domain.OperationState;
import dev.berth.domain.ServiceRef;
import dev.berth.domain.ServiceState;
import dev.berth.store.Cancellations;
import dev.berth.store.Deployments;
import dev.berth.store.Operation;
import dev.berth.store.Operations;
import dev.berth.store.Services;
import dev.berth.store.Tenancy;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What may be asked where, and what a cancel does to the rows; with Temporal down. */
class LifecycleRequestsTests {
    private static final String SERVICES = "/api/containers/services/";
    private static final ImageDigest IMAGE = new ImageDigest("sha256:" + "a".repeat(64));

    private final Member owner = TestApi.member("owner");
    private final Tenancy tenancy = TestApi.DATABASE.tenancy();
    private final Deployments deployments = new Deployments(TestApi.DATABASE.dataSource());
    private final Services services = new Services(TestApi.DATABASE.dataSource());
    private final Operations operations = new Operations(TestApi.DATABASE.dataSource());
    private final Cancellations cancellations = new Cancellations(TestApi.DATABASE.dataSource());
    private String service = "";

    @BeforeEach
    void aService() {
        service = owner.service("life");
    }

    @ParameterizedTest
    @CsvSource({
        "PENDING, restart, 409",
        "PENDING, stop, 409",
        "PENDING, start, 202",
        "RUNNING, start, 202",
        "RUNNING, stop, 202",
        "RUNNING, restart, 202",
        "DEGRADED, restart, 202",
        "STOPPED, restart, 409",
        "STOPPED, rollback, 409",
        "STOPPED, stop, 202",
        "STOPPED, start, 202",
        "SUSPENDED, start, 409",
        "SUSPENDED, deploy, 409",
        "DELETING, start, 409",
        "DELETING, scale, 409",
    })
    void aRequestIsTakenOrRefusedByWhereTheServiceStands(ServiceState state, String action, int status) {
        observe(state);
        Answer answer = ask(action);
        assertThat(answer.status()).isEqualTo(status);
        if (status == 409) {
            assertThat(answer.json().get("type").asString()).isEqualTo("/problems/conflict");
            assertThat(answer.json().get("detail").asString()).startsWith("The service ");
        }
    }

    @Test
    void whatCountsIsWhereItWillStandWhenTheRequestsTurnComes() {
        observe(ServiceState.RUNNING);
        assertThat(ask("stop").status()).isEqualTo(202);
        assertThat(ask("restart").status()).as("behind a stop").isEqualTo(409);
        assertThat(ask("start").status()).isEqualTo(202);
        assertThat(ask("restart").status()).as("behind a start").isEqualTo(202);
    }

    @Test
    void theStartOfWhatNeverRanIsADeploy() {
        JsonNode accepted = ask("start").json();
        assertThat(operation(accepted).get("kind").asString()).isEqualTo("deploy");
        assertThat(accepted.get("deploymentId").isNull()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"replicas\": 0}", "{\"replicas\": -1}", "{\"replicas\": 101}", "{}", "{\"replicas\": null}"})
    void aNumberOfReplicasThatCannotBeIsBlamedOnItsField(String body) {
        Answer answer = owner.post(SERVICES + service + "/scale", body);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.blamed()).isEqualTo("[#/replicas]");
    }

    @Test
    void aScaleSaysWhatItAsksFor() {
        JsonNode accepted =
                owner.post(SERVICES + service + "/scale", "{\"replicas\": 3}").json();
        assertThat(operation(accepted).get("replicas").asInt()).isEqualTo(3);
    }

    @Test
    void theOperationsOfAServiceAreListedNewestFirst() {
        observe(ServiceState.RUNNING);
        ask("stop");
        ask("start");
        JsonNode page = owner.get(SERVICES + service + "/operations?limit=1").json();
        assertThat(page.at("/items/0/kind").asString()).isEqualTo("start");
        JsonNode next = owner.get(SERVICES + service + "/operations?limit=1&cursor="
                        + page.get("nextCursor").asString())
                .json();
        assertThat(next.at("/items/0/kind").asString()).isEqualTo("stop");
        assertThat(owner.get(SERVICES + UUID.randomUUID() + "/operations").status())
                .isEqualTo(404);
    }

    @Test
    void aCancelEndsWhatWaitsAtOnce() {
        Answer nothing = ask("cancel");
        assertThat(nothing.status()).isEqualTo(409);
        JsonNode deploy = ask("deploy").json();
        JsonNode cancelled = ask("cancel").json();
        assertThat(cancelled.get("operationId")).isEqualTo(deploy.get("operationId"));
        JsonNode operation = operation(deploy);
        assertThat(operation.get("status").asString()).isEqualTo("cancelled");
        assertThat(operation.at("/reason/code").asString()).isEqualToIgnoringCase("cancelled");
        DeploymentRef deployment = new DeploymentRef(
                owner.organization(),
                UUID.fromString(service),
                UUID.fromString(deploy.get("deploymentId").asString()));
        assertThat(tenancy.inOrg(owner.organization(), () -> deployments.find(deployment))
                        .orElseThrow()
                        .status())
                .isEqualTo(DeploymentState.CANCELLED);
        assertThat(ask("deploy").status()).as("the next one is taken at once").isEqualTo(202);
    }

    @Test
    void aCancelOfWhatRunsIsAWishThatTheSweepPassesOn() {
        JsonNode deploy = ask("deploy").json();
        Operation claimed = claim();
        assertThat(ask("cancel").json().get("operationId")).isEqualTo(deploy.get("operationId"));
        assertThat(operation(deploy).get("status").asString()).isEqualTo("running");
        assertThat(operation(deploy).get("cancelRequestedAt").isNull()).isFalse();
        assertThat(outstanding()).contains(claimed.id());
        tenancy.inOrg(
                owner.organization(),
                () -> operations.finish(claimed.ref(), OperationState.CANCELLED, Optional.empty()));
        assertThat(outstanding()).doesNotContain(claimed.id());
    }

    @Test
    void aWishBehindAFullPageIsPassedOnToo() {
        Set<UUID> wished = new HashSet<>();
        for (String slug : List.of("first", "second")) {
            UUID other = UUID.fromString(owner.service(slug));
            owner.post(SERVICES + other + "/deploy", "{}");
            Operation running = tenancy.inOrg(
                            owner.organization(),
                            () -> operations.claimNext(new ServiceRef(owner.organization(), other)))
                    .orElseThrow();
            owner.post(SERVICES + other + "/cancel", "{}");
            wished.add(running.id());
        }
        Set<UUID> told = new HashSet<>();
        UUID after = new UUID(0, 0);
        while (true) {
            UUID before = after;
            List<Operation> page =
                    tenancy.asPlatform("test", () -> cancellations.outstanding(Duration.ofMinutes(1), before, 1));
            if (page.isEmpty()) {
                break;
            }
            after = page.getLast().id();
            assertThat(told.add(after)).as("each once").isTrue();
        }
        assertThat(told).containsAll(wished);
    }

    @Test
    void aDeploymentInItsSoakIsUnderWay() {
        JsonNode deploy = ask("deploy").json();
        Operation claimed = claim();
        DeploymentRef deployment = claimed.deployment().orElseThrow();
        tenancy.inOrg(owner.organization(), () -> {
            deployments.adoptImage(deployment, IMAGE, Optional.empty());
            deployments.move(deployment, DeploymentState.DEPLOYING);
            deployments.serve(deployment);
            services.setCurrentDeployment(ref(), Optional.of(deployment.deploymentId()));
            operations.finish(claimed.ref(), OperationState.SUCCEEDED, Optional.empty());
        });
        assertThat(ask("cancel").json().get("operationId")).isEqualTo(deploy.get("operationId"));
        assertThat(outstanding()).contains(claimed.id());
        tenancy.inOrg(owner.organization(), () -> deployments.prove(deployment));
        assertThat(outstanding()).as("a proven one is left alone").doesNotContain(claimed.id());
        assertThat(ask("cancel").status()).isEqualTo(409);
    }

    @Test
    void aDeleteEndsWhatRuns() {
        ask("deploy");
        Operation running = claim();
        owner.delete(SERVICES + service);
        assertThat(outstanding()).contains(running.id());
    }

    @Test
    void aDeleteCannotBeCancelled() {
        owner.delete(SERVICES + service);
        assertThat(ask("cancel").status()).isEqualTo(409);
    }

    @Test
    void aNewerDeployEndsTheOneUnderWayWhereTheServiceSaysSo() {
        assertThat(owner.patch(SERVICES + service, "{\"onNewer\": \"cancel\"}").status())
                .isEqualTo(200);
        ask("deploy");
        Operation older = claim();
        ask("deploy");
        assertThat(outstanding()).contains(older.id());
        tenancy.inOrg(
                owner.organization(), () -> operations.finish(older.ref(), OperationState.CANCELLED, Optional.empty()));
        assertThat(tenancy.inOrg(owner.organization(), () -> operations.find(owner.organization(), older.id()))
                        .orElseThrow()
                        .status())
                .isEqualTo(OperationState.SUPERSEDED);
    }

    @Test
    void byDefaultTheOneUnderWayComesToItsEnd() {
        ask("deploy");
        Operation older = claim();
        ask("deploy");
        assertThat(outstanding()).doesNotContain(older.id());
    }

    private ServiceRef ref() {
        return new ServiceRef(owner.organization(), UUID.fromString(service));
    }

    private Operation claim() {
        return tenancy.inOrg(owner.organization(), () -> operations.claimNext(ref()))
                .orElseThrow();
    }

    private List<UUID> outstanding() {
        return tenancy
                .asPlatform("test", () -> cancellations.outstanding(Duration.ofMinutes(1), new UUID(0, 0), 1_000))
                .stream()
                .map(Operation::id)
                .toList();
    }

    private void observe(ServiceState state) {
        tenancy.inOrg(owner.organization(), () -> services.observe(ref(), state));
    }

    private Answer ask(String action) {
        return owner.post(SERVICES + service + "/" + action, action.equals("scale") ? "{\"replicas\": 2}" : "{}");
    }

    private JsonNode operation(JsonNode accepted) {
        return owner.get("/api/containers/operations/"
                        + accepted.get("operationId").asString())
                .json();
    }
}
