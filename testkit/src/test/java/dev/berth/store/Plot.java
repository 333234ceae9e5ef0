package dev.berth.store;

import dev.berth.domain.BuildRef;
import dev.berth.domain.DeploymentRef;
import dev.berth.domain.DeploymentState;
import dev.berth.domain.Failure;
import dev.berth.domain.FailureCode;
import dev.berth.domain.ImageDigest;
import dev.berth.domain.OperationKind;
import dev.berth.domain.OperationRef;
import dev.berth.domain.OperationState;
import dev.berth.domain.Role;
import dev.berth.domain.ServiceRef;
import dev.berth.domain.TrafficPolicy;
import dev.berth.domain.quota.Resource;
import dev.berth.testkit.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** An organisation with a row of everything, in a database that several share; and all repositories. */
final class Plot {
    static final ImageDigest IMAGE = new ImageDigest("sha256:" + "a".repeat(64));
    static final Failure FAILURE = Failure.of(FailureCode.NEVER_HEALTHY, "It never got healthy.", "Look.");
    static final String COMMIT = "b".repeat(40);
    static final String EMAIL = "guest@example.org";

    final Repositories rows;
    final UUID organization;
    final Service service;
    final Service kept;
    final BuildRef build;
    final BuildRef succeeded;
    final DeploymentRef pending;
    final DeploymentRef running;
    final DeploymentRef canary;
    final DeploymentRef planned;
    final OperationRef done;
    final OperationRef first;
    final OperationRef second;
    final UUID member = Ids.next();
    final UUID newcomer = Ids.next();
    final UUID token = Ids.next();
    final Instant now = Instant.now();
    final Invitation invitation;
    final String execution = "run:" + Ids.next();

    Plot(TestDatabase database, Repositories rows) {
        this.rows = rows;
        this.organization = database.organization();
        this.service = Sample.service(organization, "shop");
        this.kept = Sample.withVolume(organization, "kept");
        this.build = new BuildRef(organization, service.id(), Ids.next());
        this.succeeded = new BuildRef(organization, service.id(), Ids.next());
        this.pending = new DeploymentRef(organization, service.id(), Ids.next());
        this.running = new DeploymentRef(organization, service.id(), Ids.next());
        this.canary = new DeploymentRef(organization, service.id(), Ids.next());
        this.planned = new DeploymentRef(organization, service.id(), Ids.next());
        this.done = operation();
        this.first = operation();
        this.second = operation();
        this.invitation = new Invitation(
                Ids.next(),
                organization,
                EMAIL,
                Role.VIEWER,
                Optional.of(member),
                now.plus(Duration.ofDays(1)),
                now.minus(Duration.ofDays(1)));
        rows.tenancy().inOrg(organization, this::plantWork);
        rows.tenancy().asPlatform("test", this::plantPeople);
        rows.tenancy().asPlatform("test", () -> {
            rows.quotas().change(organization, Map.of(Resource.SERVICES, 1L));
            rows.utilisation().recalculate();
        });
    }

    private OperationRef operation() {
        return new OperationRef(organization, service.id(), Ids.next());
    }

    ServiceRef serviceRef() {
        return service.ref();
    }

    private void plantWork() {
        rows.services().insert(service);
        rows.services().insert(kept);
        rows.builds().insert(build, service.gitUrl(), "main");
        rows.builds().begin(build, COMMIT);
        rows.builds().insert(succeeded, service.gitUrl(), "main");
        rows.builds().begin(succeeded, COMMIT);
        rows.builds().succeed(succeeded, IMAGE);
        rows.logs().append(build, now, List.of("a line"));
        rows.deployments().insert(running, Optional.empty(), Deployment.Configuration.of(service));
        rows.deployments().adoptImage(running, IMAGE, Optional.empty());
        rows.deployments().move(running, DeploymentState.DEPLOYING);
        rows.deployments().serve(running);
        rows.deployments().insert(pending, Optional.empty(), Deployment.Configuration.of(service));
        rows.releases().begin(running);
        rows.releases().append(running, now, List.of("a line"));
        rows.routes().point(service.host(), running);
        rows.endpoints().replace(running, Map.of("task", "10.0.1.5"));
        for (DeploymentRef shared : List.of(canary, planned)) {
            rows.deployments().insert(shared, Optional.empty(), Deployment.Configuration.of(service));
            rows.deployments().move(shared, DeploymentState.DEPLOYING);
            rows.canaries().plan(shared, TrafficPolicy.DEFAULT);
        }
        // Nothing served for its sake once, and nobody has noted the end.
        rows.routes().pause(planned);
        rows.routes().point(service.host(), running);
        rows.canaries().begin(canary, Duration.ofDays(1));
        rows.routes().split(canary);
        queue(done, Optional.empty());
        queue(first, Optional.of(pending));
        queue(second, Optional.of(running));
        rows.steps().begin(step(organization, 1));
        rows.keys().reserve(key(organization, "kept"), "0".repeat(64), now, now.plus(Duration.ofDays(1)));
        rows.keys().reserve(key(organization, "expired"), "0".repeat(64), now, now.minus(Duration.ofDays(1)));
        rows.operations().finish(done, OperationState.SUCCEEDED, Optional.empty());
    }

    private void queue(OperationRef operation, Optional<DeploymentRef> deployment) {
        rows.operations()
                .insert(
                        operation,
                        OperationKind.DEPLOY,
                        deployment,
                        Optional.of(build),
                        Optional.empty(),
                        Optional.empty());
    }

    private void plantPeople() {
        rows.organizations().insertUser(member, "m" + member + "@example.org", "Member", false);
        rows.organizations().insertUser(newcomer, "n" + newcomer + "@example.org", "Newcomer", false);
        rows.memberships().insert(organization, member, Role.OWNER);
        rows.tokens().insert(token, organization, member, "token", ApiToken.generate());
        rows.invitations().insert(invitation, RandomSecret.generate());
        rows.grants().put(organization, service.id(), member, Role.ADMIN);
    }

    /** An attempt of a step of this organisation, as {@code named} would write it. */
    Step step(UUID named, int attempt) {
        return new Step(
                Ids.next(),
                named,
                service.id(),
                Step.Subject.SERVICE,
                service.id(),
                execution,
                "create revision",
                attempt,
                Step.State.RUNNING,
                Optional.empty(),
                now,
                Optional.empty());
    }

    IdempotencyKeys.Key key(UUID named, String text) {
        return new IdempotencyKeys.Key(Optional.of(named), member, "POST /api/containers/services", text);
    }
}
