package dev.berth.store;

import dev.berth.domain.BuildRef;
import dev.berth.domain.BuildState;
import dev.berth.domain.DeploymentRef;
import dev.berth.domain.DeploymentState;
import dev.berth.domain.Hold;
import dev.berth.domain.OperationKind;
import dev.berth.domain.OperationRef;
import dev.berth.domain.OperationState;
import dev.berth.domain.ServiceRef;
import dev.berth.domain.ServiceState;
import dev.berth.domain.TrafficPolicy;
import dev.berth.domain.canary.CanaryTally;
import dev.berth.domain.plan.BuildPlan;
import dev.berth.domain.quota.Resource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/**
 * Each method of the repositories, once: asked for the things of one organisation in the name of another, or of the same. The
 * answer is what was found; a method that only writes answers {@link #NOTHING}.
 *
 * @param method {@code Class.method}
 * @param door which transaction it is for
 */
record Trespass(String method, Door door, BiFunction<Plot, UUID, Object> attempt) {
    static final Object NOTHING = Optional.empty();

    enum Door {
        TENANT,
        /** Row-level security leaves it open, so the first wall is the only one. */
        PLATFORM
    }

    static List<Trespass> all() {
        return Stream.concat(inTenants().stream(), PeopleTrespass.all().stream())
                .toList();
    }

    private static List<Trespass> inTenants() {
        return List.of(
                tenant(
                        "Services.insert",
                        (p, org) -> nothing(() -> p.rows.services().insert(Sample.service(org, "new")))),
                tenant("Services.find", (p, org) -> p.rows.services().find(service(p, org))),
                tenant("Services.lock", (p, org) -> p.rows.services().lock(service(p, org))),
                tenant("Services.hasSlug", (p, org) -> p.rows.services().hasSlug(org, "shop")),
                tenant("Services.page", (p, org) -> p.rows.services().page(org, Services.Filter.NONE, Cursor.START, 9)),
                tenant("Services.update", (p, org) -> p.rows.services().update(renamed(p.service, org))),
                tenant(
                        "Services.observe",
                        (p, org) -> nothing(() -> p.rows.services().observe(service(p, org), ServiceState.RUNNING))),
                tenant(
                        "Services.setReplicas",
                        (p, org) -> nothing(() -> p.rows.services().setReplicas(service(p, org), 7))),
                tenant(
                        "Services.placeVolume",
                        (p, org) -> nothing(
                                () -> p.rows.services().placeVolume(new ServiceRef(org, p.kept.id()), "node1"))),
                tenant(
                        "Services.setCurrentDeployment",
                        (p, org) -> nothing(() -> p.rows.services()
                                .setCurrentDeployment(service(p, org), Optional.of(p.running.deploymentId())))),
                tenant(
                        "Services.delete",
                        (p, org) -> nothing(() -> p.rows.services().delete(service(p, org)))),
                tenant(
                        "Builds.insert",
                        (p, org) -> nothing(() -> p.rows.builds()
                                .insert(
                                        new BuildRef(org, p.service.id(), Ids.next()),
                                        "https://git.example/a.git",
                                        "main"))),
                tenant("Builds.find", (p, org) -> p.rows.builds().find(build(p, org))),
                tenant("Builds.page", (p, org) -> p.rows.builds().page(service(p, org), Cursor.START, 9)),
                tenant("Builds.findSucceeded", (p, org) -> p.rows.builds().findSucceeded(service(p, org), Plot.COMMIT)),
                tenant("Builds.imageDigests", (p, org) -> p.rows.builds().imageDigests(service(p, org))),
                tenant("Builds.begin", (p, org) -> nothing(() -> p.rows.builds().begin(build(p, org), "c".repeat(40)))),
                tenant(
                        "Builds.recordPlan",
                        (p, org) -> nothing(() -> p.rows.builds().recordPlan(build(p, org), plan()))),
                tenant(
                        "Builds.recordPush",
                        (p, org) -> nothing(() -> p.rows.builds().recordPush(build(p, org), new Build.Push(1, 1, 1)))),
                tenant("Builds.succeed", (p, org) -> p.rows.builds().succeed(build(p, org), Plot.IMAGE)),
                tenant("Builds.end", (p, org) -> p.rows.builds().end(build(p, org), BuildState.FAILED, Plot.FAILURE)),
                tenant(
                        "BuildLogs.append",
                        (p, org) ->
                                nothing(() -> p.rows.logs().append(build(p, org), Instant.EPOCH, List.of("foreign")))),
                tenant("BuildLogs.after", (p, org) -> p.rows.logs().after(build(p, org), 0, 9)),
                tenant(
                        "Deployments.insert",
                        (p, org) -> nothing(() -> p.rows.deployments()
                                .insert(
                                        new DeploymentRef(org, p.service.id(), Ids.next()),
                                        Optional.empty(),
                                        Deployment.Configuration.of(p.service)))),
                tenant("Deployments.find", (p, org) -> p.rows.deployments().find(running(p, org))),
                tenant("Deployments.page", (p, org) -> p.rows.deployments().page(service(p, org), Cursor.START, 9)),
                tenant("Deployments.retained", (p, org) -> p.rows.deployments().retained(service(p, org))),
                tenant("Deployments.promised", (p, org) -> p.rows.deployments().promised(service(p, org))),
                tenant(
                        "Deployments.notRemoved",
                        (p, org) -> p.rows.deployments().notRemoved(service(p, org))),
                tenant(
                        "Deployments.prove",
                        (p, org) -> nothing(() -> p.rows.deployments().prove(running(p, org)))),
                tenant("Deployments.lastProven", Trespass::lastProven),
                tenant(
                        "Deployments.move",
                        (p, org) -> p.rows.deployments().move(pending(p, org), DeploymentState.BUILDING)),
                tenant("Deployments.serve", (p, org) -> p.rows.deployments().serve(running(p, org))),
                tenant(
                        "Deployments.fail",
                        (p, org) -> p.rows.deployments().fail(pending(p, org), DeploymentState.FAILED, Plot.FAILURE)),
                tenant(
                        "Deployments.adoptImage",
                        (p, org) -> nothing(() -> p.rows.deployments()
                                .adoptImage(pending(p, org), Plot.IMAGE, Optional.of(Plot.COMMIT)))),
                tenant(
                        "Deployments.endGap",
                        (p, org) -> nothing(() -> p.rows.deployments().endGap(planned(p, org)))),
                tenant(
                        "Deployments.markRemoved",
                        (p, org) -> nothing(() -> p.rows.deployments().markRemoved(running(p, org)))),
                tenant(
                        "Deployments.sharesImage",
                        (p, org) -> p.rows.deployments().sharesImage(pending(p, org), Plot.IMAGE)),
                tenant(
                        "Releases.begin",
                        (p, org) -> nothing(() -> p.rows.releases().begin(pending(p, org)))),
                tenant("Releases.find", (p, org) -> p.rows.releases().find(running(p, org))),
                tenant("Releases.ofAll", (p, org) -> p.rows.releases().ofAll(org, List.of(p.running.deploymentId()))),
                tenant(
                        "Releases.succeed",
                        (p, org) -> nothing(() -> p.rows.releases().succeed(running(p, org)))),
                tenant(
                        "Releases.fail",
                        (p, org) ->
                                nothing(() -> p.rows.releases().fail(running(p, org), Optional.of(1), Plot.FAILURE))),
                tenant(
                        "Releases.cancel",
                        (p, org) -> nothing(() -> p.rows.releases().cancel(running(p, org)))),
                tenant("Releases.retryFailed", Trespass::retryFailed),
                tenant(
                        "Releases.append",
                        (p, org) -> nothing(
                                () -> p.rows.releases().append(running(p, org), Instant.EPOCH, List.of("foreign")))),
                tenant("Releases.lineCount", (p, org) -> p.rows.releases().lineCount(running(p, org)) > 0),
                tenant("Releases.lineCountOfTry", (p, org) -> p.rows.releases().lineCountOfTry(running(p, org)) > 0),
                tenant("Releases.after", (p, org) -> p.rows.releases().after(running(p, org), 0, 9)),
                tenant("Endpoints.of", (p, org) -> p.rows.endpoints().of(running(p, org))),
                tenant(
                        "Endpoints.replace",
                        (p, org) -> p.rows.endpoints()
                                .replace(running(p, org), Map.of("task", "10.0.1.6", "other", "10.0.1.7"))),
                tenant(
                        "Operations.insert",
                        (p, org) -> nothing(() -> p.rows.operations()
                                .insert(
                                        new OperationRef(org, p.service.id(), Ids.next()),
                                        OperationKind.DEPLOY,
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.empty()))),
                tenant("Operations.outline", (p, org) -> p.rows.operations().outline(service(p, org))),
                tenant("Operations.lockOpen", (p, org) -> p.rows.operations().lockOpen(service(p, org))),
                tenant(
                        "Cancellations.endPending",
                        (p, org) -> p.rows.cancellations().endPending(waiting(p, org))),
                tenant(
                        "Cancellations.request",
                        (p, org) -> nothing(() -> p.rows.cancellations().request(operation(p, org)))),
                tenant("Cancellations.requestFor", Trespass::cancelForNewer),
                tenant("Holds.giveBack", Trespass::giveBack),
                tenant("Holds.approve", (p, org) -> {
                    giveBack(p, org);
                    p.rows.holds().approve(pending(p, org), p.member);
                    return NOTHING;
                }),
                tenant("Holds.lookAgain", (p, org) -> {
                    giveBack(p, org);
                    p.rows.holds().lookAgain(service(p, org));
                    return NOTHING;
                }),
                tenant("Operations.find", (p, org) -> p.rows.operations().find(org, p.first.operationId())),
                tenant("Operations.page", (p, org) -> p.rows.operations().page(service(p, org), Cursor.START, 9)),
                tenant("Operations.supersedeSome", Trespass::supersedeSome),
                tenant("Operations.supersedeRepeated", Trespass::supersedeRepeated),
                tenant("Operations.claimNext", (p, org) -> p.rows.operations().claimNext(service(p, org))),
                tenant(
                        "Operations.finish",
                        (p, org) -> p.rows.operations()
                                .finish(operation(p, org), OperationState.CANCELLED, Optional.empty())),
                tenant(
                        "Operations.lastSucceeded",
                        (p, org) -> p.rows.operations().lastSucceeded(service(p, org))),
                tenant(
                        "Quotas.limits",
                        (p, org) -> p.rows.quotas().limits(org).filter(limits -> limits.of(Resource.SERVICES) == 1)),
                tenant(
                        "Quotas.find",
                        (p, org) -> p.rows.quotas()
                                .find(org)
                                .filter(quota -> !quota.overrides().isEmpty())),
                tenant(
                        "Utilisation.now",
                        (p, org) -> p.rows.utilisation().now(org).of(Resource.SERVICES) > 0),
                tenant("Utilisation.of", (p, org) -> p.rows.utilisation().of(org, p.service.id())),
                tenant(
                        "Utilisation.summary",
                        (p, org) -> p.rows.utilisation()
                                .summary(org)
                                .filter(summary -> summary.recalculatedAt().isPresent())),
                tenant("Utilisation.events", (p, org) -> p.rows.utilisation().events(org, 9)),
                tenant("Steps.begin", (p, org) -> nothing(() -> p.rows.steps().begin(p.step(org, 2)))),
                tenant(
                        "Steps.finish",
                        (p, org) -> nothing(() ->
                                p.rows.steps().finish(org, p.execution, 1, Step.State.SUCCEEDED, Optional.empty()))),
                tenant("Steps.of", (p, org) -> p.rows.steps().of(org, p.service.id())),
                tenant("Steps.ofAll", (p, org) -> p.rows.steps().ofAll(org, List.of(p.service.id()))),
                tenant(
                        "Routes.point",
                        (p, org) -> nothing(() -> p.rows.routes().point(p.service.host(), pending(p, org)))),
                tenant(
                        "Routes.stop",
                        (p, org) -> nothing(() -> p.rows.routes().stop(p.service.host(), service(p, org)))),
                tenant("Routes.pause", (p, org) -> nothing(() -> p.rows.routes().pause(pending(p, org)))),
                tenant("Routes.split", (p, org) -> nothing(() -> p.rows.routes().split(planned(p, org)))),
                tenant("Routes.join", (p, org) -> nothing(() -> p.rows.routes().join(canary(p, org)))),
                tenant(
                        "Canaries.plan",
                        (p, org) -> nothing(() -> p.rows.canaries().plan(pending(p, org), TrafficPolicy.DEFAULT))),
                tenant("Canaries.find", (p, org) -> p.rows.canaries().find(canary(p, org))),
                tenant("Canaries.ofAll", (p, org) -> p.rows.canaries().ofAll(org, List.of(p.canary.deploymentId()))),
                tenant(
                        "Canaries.begin",
                        (p, org) -> nothing(() -> p.rows.canaries().begin(planned(p, org), Duration.ofDays(1)))),
                tenant(
                        "Canaries.count",
                        (p, org) -> nothing(() -> p.rows.canaries()
                                .count(canary(p, org), CanaryTally.NOTHING.plus(new CanaryTally.Counters(7, 1))))),
                tenant(
                        "Canaries.promote",
                        (p, org) -> p.rows.canaries().promote(canary(p, org), Optional.of(p.member))),
                tenant(
                        "Canaries.abort",
                        (p, org) -> p.rows.canaries().abort(canary(p, org), Optional.empty(), Plot.FAILURE)),
                tenant("Routes.find", (p, org) -> p.rows.routes().find(service(p, org))),
                tenant(
                        "Routes.remove",
                        (p, org) -> nothing(() -> p.rows.routes().remove(service(p, org)))),
                tenant(
                        "Routes.isSettled",
                        (p, org) -> !p.rows.routes().isSettled(service(p, org), Duration.ofHours(1))),
                tenant("Audit.append", (p, org) -> nothing(() -> p.rows.audit().append(org, entry()))),
                tenant("Audit.page", (p, org) -> p.rows.audit().page(org, Audit.Filter.NONE, Cursor.START, 9)),
                tenant("Audit.head", (p, org) -> p.rows.audit().head(org).sequence() > 0),
                tenant("Audit.end", (p, org) -> p.rows.audit().end(org).sequence() > 0),
                tenant("Audit.after", (p, org) -> p.rows.audit().after(org, 0, 9)),
                tenant("IdempotencyKeys.find", (p, org) -> p.rows.keys().find(p.key(org, "kept"), p.now)),
                tenant(
                        "IdempotencyKeys.reserve",
                        (p, org) -> nothing(() -> p.rows.keys()
                                .reserve(p.key(org, "expired"), "1".repeat(64), p.now, p.now.plusSeconds(60)))),
                tenant(
                        "IdempotencyKeys.complete",
                        (p, org) -> nothing(() -> p.rows.keys()
                                .complete(
                                        p.key(org, "kept"),
                                        new IdempotencyKeys.Answer(200, Optional.empty(), Optional.empty())))),
                tenant(
                        "IdempotencyKeys.release",
                        (p, org) -> nothing(() -> p.rows.keys().release(p.key(org, "kept")))));
    }

    /** What asks by something else than an organisation and may: the reason beside it. */
    static Map<String, String> exempt() {
        return Map.ofEntries(
                Map.entry("Endpoints.all", "the edge serves all"),
                Map.entry("Routes.forEdge", "the edge serves all"),
                Map.entry("Routes.stoppedForEdge", "the edge serves all"),
                Map.entry("Cancellations.outstanding", "the sweep looks at all"),
                Map.entry("Quotas.hold", "holds a row of its own and says nothing"),
                Map.entry("Quotas.change", "the platform's admins change all"),
                Map.entry("Quotas.defaults", "the same for everybody"),
                Map.entry("Quotas.holdDefaults", "the same for everybody"),
                Map.entry("Quotas.changeDefaults", "the same for everybody"),
                Map.entry("Utilisation.recalculate", "sums up all"),
                Map.entry("DriftRepairs.queue", "reconciling looks at all"),
                Map.entry("DriftRepairs.markRemoved", "reconciling looks at all"),
                Map.entry("DriftRepairs.clearEndpoints", "reconciling looks at all"),
                Map.entry("DriftRepairs.observe", "reconciling looks at all"),
                Map.entry("DriftRepairs.note", "reconciling looks at all"),
                Map.entry("DriftRows.now", "reconciling looks at all"),
                Map.entry("DriftRows.page", "reconciling looks at all"),
                Map.entry("DriftRows.traces", "reconciling looks at all"),
                Map.entry("DriftRows.isEnded", "reconciling looks at all"),
                Map.entry("DriftRows.hasOpen", "reconciling looks at all"),
                Map.entry("DriftRows.keptImages", "reconciling looks at all"),
                Map.entry("DriftRows.endedBuilds", "reconciling looks at all"),
                Map.entry("LogRetention.services", "reconciling looks at all"),
                Map.entry("LogRetention.oldBuilds", "reconciling looks at all"),
                Map.entry("LogRetention.oldReleases", "reconciling looks at all"),
                Map.entry("LogRetention.drop", "reconciling looks at all"),
                Map.entry("Findings.open", "reconciling looks at all"),
                Map.entry("Findings.page", "the platform's admins see all"),
                Map.entry("Findings.closeOthers", "reconciling looks at all"),
                Map.entry("Routes.generation", "one number for the platform"),
                Map.entry("Operations.waiting", "the sweep looks at all"),
                Map.entry("Operations.due", "the sweep looks at all"),
                Map.entry("IdempotencyKeys.purge", "the sweep looks at all"),
                Map.entry("Organizations.insert", "makes one"),
                Map.entry("Organizations.insertIfFree", "makes one"),
                Map.entry("Organizations.insertUser", "a person belongs to none"),
                Map.entry("Organizations.findBySlug", "finds out which"),
                Map.entry("Organizations.page", "the platform's admins see all"),
                Map.entry("Memberships.of", "by person"),
                Map.entry("Memberships.owned", "by person"),
                Map.entry("Memberships.joined", "by person"),
                Map.entry("Memberships.findBySlug", "finds out which, by person"),
                Map.entry("Memberships.lock", "by organisation; says nothing"),
                Map.entry("Tokens.authenticate", "by the secret"),
                Map.entry("Tokens.enter", "by the secret"),
                Map.entry("Tokens.revokeAll", "by person"),
                Map.entry("Invitations.lock", "by the secret"),
                Map.entry("Invitations.organizationOf", "by the secret"),
                Map.entry("Invitations.revokeAll", "by person"),
                Map.entry("Invitations.waitingFor", "by address"),
                Map.entry("Invitations.accept", "what the secret has locked"));
    }

    private static Trespass tenant(String method, BiFunction<Plot, UUID, Object> attempt) {
        return new Trespass(method, Door.TENANT, attempt);
    }

    static Object nothing(Runnable write) {
        write.run();
        return NOTHING;
    }

    /** The newer deploy takes the older one's place. */
    private static Object supersedeSome(Plot plot, UUID named) {
        plot.rows.operations().supersedeSome(service(plot, named), 9);
        return NOTHING;
    }

    private static Object supersedeRepeated(Plot plot, UUID named) {
        OperationRef newest = new OperationRef(named, service(plot, named).serviceId(), plot.second.operationId());
        return plot.rows.operations().supersedeRepeated(newest, OperationKind.DEPLOY);
    }

    private static Object retryFailed(Plot plot, UUID named) {
        plot.rows.releases().fail(running(plot, named), Optional.of(1), Plot.FAILURE);
        plot.rows.releases().retryFailed(running(plot, named));
        return plot.rows.releases().find(running(plot, named));
    }

    private static Object cancelForNewer(Plot plot, UUID named) {
        plot.rows.cancellations().endPending(waiting(plot, named));
        plot.rows.operations().claimNext(service(plot, named));
        OperationRef running = new OperationRef(named, plot.service.id(), plot.second.operationId());
        plot.rows.cancellations().requestFor(running, plot.first.operationId());
        return NOTHING;
    }

    private static boolean giveBack(Plot plot, UUID named) {
        // A claim that ends another one notes that in the audit trail, behind which nothing may be written.
        plot.rows.cancellations().endPending(waiting(plot, named));
        plot.rows.operations().claimNext(service(plot, named));
        OperationRef running = new OperationRef(named, plot.service.id(), plot.second.operationId());
        return plot.rows.holds().giveBack(running, Optional.of(new Hold.Approval()));
    }

    private static Operation waiting(Plot plot, UUID named) {
        return new Operation(
                plot.first.operationId(),
                named,
                plot.service.id(),
                OperationKind.DEPLOY,
                OperationState.PENDING,
                Optional.of(plot.pending.deploymentId()),
                Optional.of(plot.build.buildId()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Instant.EPOCH,
                Optional.empty(),
                Optional.empty());
    }

    private static Object lastProven(Plot plot, UUID named) {
        plot.rows.deployments().prove(running(plot, named));
        return plot.rows.deployments().lastProven(pending(plot, named));
    }

    private static ServiceRef service(Plot plot, UUID named) {
        return new ServiceRef(named, plot.service.id());
    }

    private static BuildRef build(Plot plot, UUID named) {
        return new BuildRef(named, plot.service.id(), plot.build.buildId());
    }

    private static DeploymentRef running(Plot plot, UUID named) {
        return new DeploymentRef(named, plot.service.id(), plot.running.deploymentId());
    }

    private static DeploymentRef canary(Plot plot, UUID named) {
        return new DeploymentRef(named, plot.service.id(), plot.canary.deploymentId());
    }

    private static DeploymentRef planned(Plot plot, UUID named) {
        return new DeploymentRef(named, plot.service.id(), plot.planned.deploymentId());
    }

    private static DeploymentRef pending(Plot plot, UUID named) {
        return new DeploymentRef(named, plot.service.id(), plot.pending.deploymentId());
    }

    private static OperationRef operation(Plot plot, UUID named) {
        return new OperationRef(named, plot.service.id(), plot.first.operationId());
    }

    private static AuditEntry entry() {
        return AuditEntry.of(
                AuditEntry.Actor.nobody(Optional.empty()),
                "service.change",
                new AuditEntry.Subject("service", Optional.empty(), "shop"),
                AuditEntry.Outcome.SUCCEEDED,
                Map.of());
    }

    private static BuildPlan plan() {
        return new BuildPlan(
                BuildPlan.Kind.STATIC_SITE, ".", Optional.empty(), Optional.empty(), Optional.of("."), "index.html");
    }

    private static Service renamed(Service service, UUID named) {
        return new Service(
                service.id(),
                named,
                service.templateId(),
                "Renamed",
                service.slug(),
                service.host(),
                service.gitUrl(),
                service.gitBranch(),
                service.replicas(),
                service.cpuMillis(),
                service.memoryMb(),
                service.port(),
                service.healthPath(),
                service.env(),
                service.rollout(),
                service.volume(),
                service.status(),
                service.currentDeploymentId(),
                service.version(),
                service.createdAt(),
                service.updatedAt());
    }

    @Override
    public String toString() {
        return method;
    }
}
