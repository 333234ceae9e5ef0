package dev.berth.store;

import dev.berth.domain.BuildRef;
import dev.berth.domain.DeploymentRef;
import dev.berth.domain.OperationKind;
import dev.berth.domain.OperationRef;
import dev.berth.domain.RolloutPolicy;
import dev.berth.domain.ServiceState;
import dev.berth.domain.TrafficPolicy;
import dev.berth.domain.TrafficPolicy.Strategy;
import dev.berth.domain.Volume;
import dev.berth.testkit.TestDatabase;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/** One organisation with one service, and what tests of the store do with it. */
final class Sample {
    final TestDatabase database = TestDatabase.fresh();
    final DataSource source = database.dataSource();
    final Tenancy tenancy = database.tenancy();
    final Services services = new Services(source);
    final Builds builds = new Builds(source);
    final Deployments deployments = new Deployments(source);
    final Operations operations = new Operations(source);
    final Routes routes = new Routes(source);
    final Endpoints endpoints = new Endpoints(source);
    final UUID organization = database.organization();
    final Service service = service(organization, "shop");

    Sample() {
        tenancy.inOrg(organization, () -> services.insert(service));
    }

    static Service service(UUID organization, String slug) {
        return service(organization, slug, RolloutPolicy.DEFAULT, Optional.empty());
    }

    /** One that has a volume of 100 MB. */
    static Service withVolume(UUID organization, String slug) {
        RolloutPolicy usual = RolloutPolicy.DEFAULT;
        return service(
                organization,
                slug,
                new RolloutPolicy(
                        usual.soakSeconds(),
                        usual.healthDeadlineSeconds(),
                        usual.onNewer(),
                        usual.gates(),
                        new TrafficPolicy(Strategy.RECREATE, 10, 0, 5)),
                Optional.of(new Volume(100, Optional.empty())));
    }

    private static Service service(UUID organization, String slug, RolloutPolicy rollout, Optional<Volume> volume) {
        UUID id = Ids.next();
        return new Service(
                id,
                organization,
                Optional.empty(),
                "Shop",
                slug,
                slug + "-" + id.toString().substring(28),
                "https://git.example/shop.git",
                "main",
                1,
                500,
                256,
                8080,
                "/",
                Map.of("GREETING", "hello"),
                rollout,
                volume,
                ServiceState.PENDING,
                Optional.empty(),
                1,
                Instant.EPOCH,
                Instant.EPOCH);
    }

    DeploymentRef deployment() {
        DeploymentRef deployment = new DeploymentRef(organization, service.id(), Ids.next());
        tenancy.inOrg(
                organization,
                () -> deployments.insert(deployment, Optional.empty(), Deployment.Configuration.of(service)));
        return deployment;
    }

    DeploymentRef unknownDeployment() {
        return new DeploymentRef(organization, service.id(), Ids.next());
    }

    OperationRef queue(OperationKind kind) {
        OperationRef operation = new OperationRef(organization, service.id(), Ids.next());
        Optional<DeploymentRef> deployment =
                kind == OperationKind.DELETE ? Optional.empty() : Optional.of(deployment());
        Optional<BuildRef> build = Optional.empty();
        tenancy.inOrg(
                organization,
                () -> operations.insert(operation, kind, deployment, build, Optional.empty(), Optional.empty()));
        return operation;
    }

    /** In the organisation's transaction. */
    <T> T again(java.util.function.Supplier<T> work) {
        return tenancy.inOrg(organization, work);
    }
}
