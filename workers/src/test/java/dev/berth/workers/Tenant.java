package dev.berth.workers;

import dev.berth.domain.BuildRef;
import dev.berth.domain.DeploymentRef;
import dev.berth.domain.OperationKind;
import dev.berth.domain.OperationRef;
import dev.berth.domain.OperationState;
import dev.berth.domain.RolloutPolicy;
import dev.berth.domain.ServiceRef;
import dev.berth.domain.ServiceState;
import dev.berth.store.Builds;
import dev.berth.store.Deployment;
import dev.berth.store.Deployments;
import dev.berth.store.Holds;
import dev.berth.store.Ids;
import dev.berth.store.Operation;
import dev.berth.store.Operations;
import dev.berth.store.Service;
import dev.berth.store.Services;
import dev.berth.store.Step;
import dev.berth.store.Steps;
import dev.berth.store.Tenancy;
import dev.berth.testkit.TestDatabase;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** One organisation with one service in a real database. */
final class Tenant {
    final TestDatabase database = TestDatabase.fresh();
    final DataSource source = database.dataSource();
    final Tenancy tenancy = database.tenancy();
    final Operations operations = new Operations(source);
    final Deployments deployments = new Deployments(source);
    private final JdbcClient owner = JdbcClient.create(database.ownerDataSource());
    private final Builds builds = new Builds(source);
    private final UUID organization = database.organization();
    private final Service row = service();
    final ServiceRef service = new ServiceRef(organization, row.id());

    Tenant() {
        tenancy.inOrg(organization, () -> new Services(source).insert(row));
    }

    private Service service() {
        return new Service(
                Ids.next(),
                organization,
                Optional.empty(),
                "Shop",
                "shop",
                "shop",
                "https://git.example/shop.git",
                "main",
                1,
                500,
                256,
                8080,
                "/",
                Map.of(),
                RolloutPolicy.DEFAULT,
                Optional.empty(),
                ServiceState.PENDING,
                Optional.empty(),
                1,
                Instant.EPOCH,
                Instant.EPOCH);
    }

    /** @param setting of the service's row, as SQL */
    void change(String setting) {
        owner.sql("update container_services set " + setting).update();
    }

    void approve(DeploymentRef deployment) {
        UUID admin = Ids.next();
        owner.sql("insert into users (id, email, display_name) values (?, 'admin@example.org', 'Admin')")
                .param(admin)
                .update();
        tenancy.inOrg(organization, () -> new Holds(source).approve(deployment, admin));
    }

    <T> T in(Supplier<T> work) {
        return tenancy.inOrg(organization, work);
    }

    OperationRef queue(OperationKind kind) {
        OperationRef operation = new OperationRef(organization, service.serviceId(), Ids.next());
        Optional<BuildRef> build = kind == OperationKind.DEPLOY || kind == OperationKind.REBUILD
                ? Optional.of(new BuildRef(organization, service.serviceId(), Ids.next()))
                : Optional.empty();
        Optional<DeploymentRef> deployment = !kind.makesDeployment() && kind != OperationKind.ROLLBACK
                ? Optional.empty()
                : Optional.of(new DeploymentRef(organization, service.serviceId(), Ids.next()));
        tenancy.inOrg(organization, () -> {
            build.ifPresent(ref -> builds.insert(ref, row.gitUrl(), row.gitBranch()));
            deployment.ifPresent(
                    ref -> deployments.insert(ref, build.map(BuildRef::buildId), Deployment.Configuration.of(row)));
            Optional<Integer> replicas = kind == OperationKind.SCALE ? Optional.of(3) : Optional.empty();
            operations.insert(operation, kind, deployment, build, replicas, Optional.empty());
        });
        return operation;
    }

    Operation operation(OperationRef ref) {
        return in(() -> operations.find(organization, ref.operationId())).orElseThrow();
    }

    OperationState state(OperationRef ref) {
        return operation(ref).status();
    }

    List<Step> steps(UUID subject) {
        return in(() -> new Steps(source).of(organization, subject));
    }
}
