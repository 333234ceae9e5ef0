package dev.berth.api.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.TestApi;
import dev.berth.api.TestApi.Answer;
import dev.berth.api.TestApi.Member;
import dev.berth.domain.DeploymentRef;
import dev.berth.domain.DeploymentState;
import dev.berth.domain.Failure;
import dev.berth.domain.FailureCode;
import dev.berth.domain.ImageDigest;
import dev.berth.domain.OperationKind;
import dev.berth.domain.OperationState;
import dev.berth.domain.ServiceRef;
import dev.berth.store.Cursor;
import dev.berth.store.Deployment;
import dev.berth.store.Deployments;
import dev.berth.store.Operation;
import dev.berth.store.Operations;
import dev.berth.store.Service;
import dev.berth.store.Services;
import dev.berth.store.Tenancy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/**
 * Long random sequences of requests, claims, ends and cancels, over the API and in the rows, against a model without either.
 * After every step both tell the same of each operation, its deployment and the service. The seed names a run.
 */
final class QueueModelTests {
    private static final int SEQUENCES = Integer.getInteger("model.sequences", 8);
    private static final int STEPS = 40;
    private static final String SERVICES = "/api/containers/services/";
    private static final ImageDigest IMAGE = new ImageDigest("sha256:" + "b".repeat(64));
    private static final List<OperationKind> ASKED = List.of(
            OperationKind.DEPLOY,
            OperationKind.DEPLOY,
            OperationKind.REBUILD,
            OperationKind.RESTART,
            OperationKind.START,
            OperationKind.STOP,
            OperationKind.SCALE,
            OperationKind.ROLLBACK);

    private final Tenancy tenancy = TestApi.DATABASE.tenancy();
    private final Deployments deployments = new Deployments(TestApi.DATABASE.dataSource());
    private final Services services = new Services(TestApi.DATABASE.dataSource());
    private final Operations operations = new Operations(TestApi.DATABASE.dataSource());

    private final Member owner = TestApi.member("owner");
    private final ServiceRef service = new ServiceRef(owner.organization(), UUID.fromString(owner.service("model")));
    private final QueueModel model = new QueueModel();
    private final List<String> story = new ArrayList<>();

    static LongStream seeds() {
        long fresh = System.nanoTime() & 0xFFFF;
        return LongStream.concat(LongStream.rangeClosed(1, SEQUENCES - 2L), LongStream.range(fresh, fresh + 2));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void theRowsSayWhatTheModelSays(long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        for (int step = 0; step < STEPS; step++) {
            step(random);
            compare("seed " + seed + ": " + String.join(", ", story));
        }
        assertThat(model.entries()).as("something was asked for").isNotEmpty();
    }

    private void step(RandomGenerator random) {
        int what = random.nextInt(100);
        if (what < 50) {
            ask(ASKED.get(random.nextInt(ASKED.size())));
        } else if (what < 85) {
            Optional<Map.Entry<String, QueueModel.Entry>> running = model.entries().entrySet().stream()
                    .filter(entry -> entry.getValue().state == OperationState.RUNNING)
                    .findFirst();
            running.ifPresentOrElse(entry -> end(entry, random), this::claim);
        } else if (what < 90) {
            prove();
        } else if (what < 99) {
            cancel();
        } else {
            ask(OperationKind.DELETE);
        }
    }

    private void ask(OperationKind kind) {
        String word = kind.name().toLowerCase(Locale.ROOT);
        story.add(word);
        Answer answer = kind == OperationKind.DELETE
                ? owner.delete(SERVICES + service.serviceId())
                : owner.post(
                        SERVICES + service.serviceId() + "/" + word,
                        kind == OperationKind.SCALE ? "{\"replicas\": 2}" : "{}");
        Optional<OperationKind> queued = model.asked(kind);
        assertThat(answer.status())
                .as("%s, after %s: %s", word, story, answer.body())
                .isEqualTo(queued.isPresent() ? 202 : 409);
        queued.ifPresent(real -> {
            JsonNode accepted = answer.json();
            JsonNode deployment = accepted.get("deploymentId");
            model.add(
                    accepted.get("operationId").asString(),
                    real,
                    deployment.isNull() ? Optional.empty() : Optional.of(deployment.asString()));
        });
    }

    private void claim() {
        story.add("claim");
        Optional<Operation> claimed = tenancy.inOrg(owner.organization(), () -> operations.claimNext(service));
        assertThat(claimed.map(operation -> operation.id().toString()))
                .as("claimed, after %s", story)
                .isEqualTo(model.claim().map(Map.Entry::getKey));
    }

    private void end(Map.Entry<String, QueueModel.Entry> running, RandomGenerator random) {
        QueueModel.Entry entry = running.getValue();
        // A delete is carried through, and takes the rows with it: the story would be over.
        if (entry.kind == OperationKind.DELETE) {
            return;
        }
        OperationState end = List.of(
                        OperationState.SUCCEEDED,
                        OperationState.SUCCEEDED,
                        OperationState.FAILED,
                        OperationState.CANCELLED)
                .get(random.nextInt(4));
        story.add(end.name().toLowerCase(Locale.ROOT));
        Operation operation = tenancy.inOrg(
                        owner.organization(),
                        () -> operations.find(owner.organization(), UUID.fromString(running.getKey())))
                .orElseThrow();
        if (end == OperationState.SUCCEEDED) {
            model.succeeded(entry);
            tenancy.inOrg(owner.organization(), () -> succeed(operation, entry));
        } else {
            model.ended(entry, end);
            tenancy.inOrg(owner.organization(), () -> giveUp(operation, end));
        }
        boolean again = tenancy.inOrg(
                owner.organization(),
                () -> operations.finish(operation.ref(), OperationState.FAILED, Optional.empty()));
        assertThat(again).as("the first end stands").isFalse();
    }

    /** What the workflow of the operation does to the rows. */
    private void succeed(Operation operation, QueueModel.Entry entry) {
        if (entry.kind.makesDeployment() || entry.kind == OperationKind.ROLLBACK) {
            DeploymentRef deployment = operation.deployment().orElseThrow();
            services.find(service)
                    .flatMap(Service::currentDeploymentId)
                    .filter(id -> !id.equals(deployment.deploymentId()))
                    .ifPresent(id -> deployments.move(
                            new DeploymentRef(service.organizationId(), service.serviceId(), id),
                            DeploymentState.RETIRED));
            deployments.adoptImage(deployment, IMAGE, Optional.empty());
            if (entry.kind != OperationKind.ROLLBACK) {
                deployments.move(deployment, DeploymentState.DEPLOYING);
            }
            deployments.serve(deployment);
            services.setCurrentDeployment(service, Optional.of(deployment.deploymentId()));
        }
        services.observe(service, model.state());
        operations.finish(operation.ref(), OperationState.SUCCEEDED, Optional.empty());
    }

    private void giveUp(Operation operation, OperationState end) {
        Failure reason = Failure.of(FailureCode.CANCELLED, "The model said so.", "");
        if (operation.kind().makesDeployment()) {
            deployments.fail(
                    operation.deployment().orElseThrow(),
                    end == OperationState.FAILED ? DeploymentState.FAILED : DeploymentState.CANCELLED,
                    reason);
        }
        operations.finish(operation.ref(), end, Optional.of(reason));
    }

    private void prove() {
        model.current().ifPresent(id -> {
            story.add("prove");
            model.proven();
            tenancy.inOrg(
                    owner.organization(),
                    () -> deployments.prove(
                            new DeploymentRef(service.organizationId(), service.serviceId(), UUID.fromString(id))));
        });
    }

    private void cancel() {
        story.add("cancel");
        Answer answer = owner.post(SERVICES + service.serviceId() + "/cancel", "{}");
        Optional<Boolean> underWay = model.cancelled();
        assertThat(answer.status())
                .as("cancel, after %s: %s", story, answer.body())
                .isEqualTo(underWay.isPresent() ? 202 : 409);
    }

    private void compare(String when) {
        Map<String, OperationState> expected = new LinkedHashMap<>();
        model.entries().forEach((id, entry) -> expected.put(id, entry.state));
        tenancy.inOrg(owner.organization(), () -> {
            Map<String, OperationState> seen = new LinkedHashMap<>();
            model.entries()
                    .keySet()
                    .forEach(id -> operations
                            .find(owner.organization(), UUID.fromString(id))
                            .ifPresent(operation -> seen.put(id, operation.status())));
            assertThat(seen).as(when).isEqualTo(expected);
            Service row = services.find(service).orElseThrow();
            assertThat(row.status()).as(when).isEqualTo(model.state());
            assertThat(row.currentDeploymentId().map(UUID::toString)).as(when).isEqualTo(model.current());
            List<Deployment> rows = deployments.page(service, Cursor.START, 1_000);
            rows.forEach(deployment -> assertThat(deployment.status())
                    .as(when + ", " + deployment.id())
                    .isIn(allowed(deployment.id().toString())));
        });
    }

    /** Where a deployment may stand, by how its operation ended. */
    private List<DeploymentState> allowed(String deployment) {
        boolean current = model.current().equals(Optional.of(deployment));
        return model.entries().values().stream()
                .filter(entry -> entry.kind.makesDeployment() && entry.deployment.equals(Optional.of(deployment)))
                .findFirst()
                .map(entry -> switch (entry.state) {
                    case PENDING, RUNNING -> List.of(DeploymentState.PENDING);
                    case SUCCEEDED -> List.of(current ? DeploymentState.RUNNING : DeploymentState.RETIRED);
                    case FAILED -> List.of(DeploymentState.FAILED);
                    case CANCELLED -> List.of(DeploymentState.CANCELLED);
                    case SUPERSEDED -> List.of(DeploymentState.SUPERSEDED, DeploymentState.CANCELLED);
                })
                .orElseThrow();
    }
}
