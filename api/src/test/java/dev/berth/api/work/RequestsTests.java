package dev.berth.api.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.TestApi;
import dev.berth.api.TestApi.Answer;
import dev.berth.api.TestApi.Member;
import dev.berth.domain.DeploymentRef;
import dev.berth.domain.DeploymentState;
import dev.berth.domain.ImageDigest;
import dev.berth.domain.OperationRef;
import dev.berth.domain.OperationState;
import dev.berth.domain.ServiceRef;
import dev.berth.store.Deployments;
import dev.berth.store.Operations;
import dev.berth.store.Services;
import dev.berth.store.Tenancy;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** With Temporal down: every request is accepted, and its rows wait for the sweep. */
class RequestsTests {
    private static final String SERVICES = "/api/containers/services/";
    private static final ImageDigest IMAGE = new ImageDigest("sha256:" + "a".repeat(64));

    private final Member owner = TestApi.member("owner");
    private final Tenancy tenancy = TestApi.DATABASE.tenancy();
    private final Deployments deployments = new Deployments(TestApi.DATABASE.dataSource());
    private final Services services = new Services(TestApi.DATABASE.dataSource());
    private final Operations operations = new Operations(TestApi.DATABASE.dataSource());

    @ParameterizedTest
    @ValueSource(strings = {"deploy", "rebuild"})
    void aDeployIsQueuedAndSaysWhereToAsk(String action) {
        String service = owner.service("queued");
        Answer accepted = owner.post(SERVICES + service + "/" + action, "{}");
        assertThat(accepted.status()).isEqualTo(202);
        String operation = accepted.json().get("operationId").asString();
        assertThat(accepted.header("Location")).isEqualTo("/api/containers/operations/" + operation);

        JsonNode asked = owner.get(accepted.header("Location")).json();
        assertThat(asked.get("kind").asString()).isEqualTo(action);
        assertThat(asked.get("status").asString()).isEqualTo("pending");
        assertThat(asked.get("serviceId").asString()).isEqualTo(service);
        assertThat(asked.get("reason").isNull()).isTrue();

        String deployment = accepted.json().get("deploymentId").asString();
        JsonNode shown =
                owner.get(SERVICES + service + "/deployments/" + deployment).json();
        assertThat(shown.get("status").asString()).isEqualTo("pending");
        assertThat(shown.get("rollbackable").asBoolean()).isFalse();
        assertThat(owner.get(SERVICES + service + "/deployments").json().at("/items/0"))
                .isEqualTo(shown);
        String build = shown.get("buildId").asString();
        assertThat(owner.get(SERVICES + service + "/builds/" + build)
                        .json()
                        .get("status")
                        .asString())
                .isEqualTo("queued");
        assertThat(owner.get(SERVICES + service + "/builds")
                        .json()
                        .at("/items/0/id")
                        .asString())
                .isEqualTo(build);
    }

    @Test
    void aDeployNeedsNoBodyAndKnowsNoFields() {
        String service = owner.service("bodies");
        assertThat(owner.post(SERVICES + service + "/deploy", "").status()).isEqualTo(202);
        Answer refused = owner.post(SERVICES + service + "/deploy", "{\"force\": true}");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.blamed()).isEqualTo("[#/force]");
    }

    @Test
    void aRollBackGoesToTheNewestRetainedDeploymentThatIsNotCurrent() {
        String service = owner.service("back");
        Answer nothing = owner.post(SERVICES + service + "/rollback", "{}");
        assertThat(nothing.status()).isEqualTo(409);

        UUID first = ran(service);
        UUID second = ran(service);
        JsonNode accepted = owner.post(SERVICES + service + "/rollback", "{}").json();
        assertThat(accepted.get("deploymentId").asString()).isEqualTo(first.toString());
        assertThat(rollBackTo(service, first).status()).isEqualTo(202);

        Answer current = rollBackTo(service, second);
        assertThat(current.status()).isEqualTo(409);
        assertThat(current.blamed()).isEqualTo("[#/deploymentId]");
        assertThat(rollBackTo(service, UUID.randomUUID()).status()).isEqualTo(400);

        tenancy.inOrg(owner.organization(), () -> deployments.markRemoved(deployment(service, first)));
        assertThat(rollBackTo(service, first).status()).isEqualTo(409);
    }

    @Test
    void aSecondDeleteIsTheFirstAndNothingIsQueuedBehindIt() {
        String service = owner.service("gone");
        Answer accepted = owner.delete(SERVICES + service);
        assertThat(accepted.status()).isEqualTo(202);
        assertThat(accepted.json().get("deploymentId").isNull()).isTrue();
        assertThat(owner.delete(SERVICES + service).body()).isEqualTo(accepted.body());
        assertThat(owner.post(SERVICES + service + "/deploy", "{}").status()).isEqualTo(409);
        assertThat(owner.post(SERVICES + service + "/rollback", "{}").status()).isEqualTo(409);
    }

    @Test
    void anOperationOutlivesItsService() {
        String service = owner.service("outlived");
        Answer accepted = owner.delete(SERVICES + service);
        UUID operation = UUID.fromString(accepted.json().get("operationId").asString());
        tenancy.inOrg(owner.organization(), () -> {
            ServiceRef deleted = ref(service);
            services.delete(deleted);
            operations.finish(
                    new OperationRef(deleted.organizationId(), deleted.serviceId(), operation),
                    OperationState.SUCCEEDED,
                    Optional.empty());
        });
        assertThat(owner.get(SERVICES + service).status()).isEqualTo(404);
        assertThat(owner.get(accepted.header("Location")).json().get("status").asString())
                .isEqualTo("succeeded");
    }

    /** A deployment that ran, and serves. */
    private UUID ran(String service) {
        UUID id = UUID.fromString(owner.post(SERVICES + service + "/deploy", "{}")
                .json()
                .get("deploymentId")
                .asString());
        tenancy.inOrg(owner.organization(), () -> {
            DeploymentRef deployment = deployment(service, id);
            deployments.adoptImage(deployment, IMAGE, Optional.empty());
            deployments.move(deployment, DeploymentState.DEPLOYING);
            deployments.serve(deployment);
            services.setCurrentDeployment(ref(service), Optional.of(id));
        });
        return id;
    }

    private ServiceRef ref(String service) {
        return new ServiceRef(owner.organization(), UUID.fromString(service));
    }

    private DeploymentRef deployment(String service, UUID id) {
        return new DeploymentRef(owner.organization(), UUID.fromString(service), id);
    }

    private Answer rollBackTo(String service, UUID deployment) {
        return owner.post(SERVICES + service + "/rollback", "{\"deploymentId\": \"" + deployment + "\"}");
    }
}
