package dev.berth.activities.reconcile;

import dev.berth.activities.nix.NixStore;
import dev.berth.activities.rollout.Images;
import dev.berth.activities.swarm.Engine;
import dev.berth.activities.swarm.Jobs;
import dev.berth.activities.swarm.Revisions;
import dev.berth.domain.DeploymentRef;
import dev.berth.domain.DeploymentState;
import dev.berth.domain.Failure;
import dev.berth.domain.FailureCode;
import dev.berth.domain.ImageDigest;
import dev.berth.domain.OperationRef;
import dev.berth.domain.ServiceRef;
import dev.berth.domain.reconcile.Finding;
import dev.berth.domain.reconcile.Remedy;
import dev.berth.store.DriftRepairs;
import dev.berth.store.DriftRows;
import dev.berth.store.Findings;
import dev.berth.store.Tenancy;
import dev.berth.workflows.RolloutActivities;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries remedies out. Each asks the rows once more, in the transaction that changes them or right before the change outside;
 * each may be repeated and changes nothing more.
 */
public final class Remedies {
    private static final Logger LOG = LoggerFactory.getLogger(Remedies.class);

    private final Tenancy tenancy;
    private final DriftRows rows;
    private final DriftRepairs repairs;
    private final Findings findings;
    private final Revisions revisions;
    private final Jobs jobs;
    private final RolloutActivities rollout;
    private final Stores stores;

    /** Where images and store paths lie, and who says that they are garbage. */
    public record Stores(GarbageLook look, Images images, NixStore nix) {}

    public Remedies(DataSource source, Engine engine, String instance, RolloutActivities rollout, Stores stores) {
        this.tenancy = new Tenancy(source);
        this.rows = new DriftRows(source);
        this.repairs = new DriftRepairs(source);
        this.findings = new Findings(source);
        this.revisions = new Revisions(engine, instance);
        this.jobs = new Jobs(engine, instance);
        this.rollout = rollout;
        this.stores = stores;
    }

    /** @return the service whose queue has got work by this */
    public Optional<ServiceRef> carryOut(Finding finding) {
        switch (finding.remedy()) {
            case Remedy.Report _ -> report(finding);
            case Remedy.Repair(DeploymentRef target) -> {
                return queue(target, finding);
            }
            case Remedy.RemoveRevision(DeploymentRef deployment) -> removeRevision(deployment, finding);
            case Remedy.RemoveRelease(DeploymentRef deployment) -> removeRelease(deployment, finding);
            case Remedy.Release(DeploymentRef deployment) -> release(deployment, finding);
            case Remedy.MarkRemoved(DeploymentRef deployment) -> {
                told(finding);
                tenancy.asPlatform("reconcile", () -> repairs.markRemoved(deployment, finding));
            }
            case Remedy.ClearEndpoints(DeploymentRef deployment) -> {
                told(finding);
                tenancy.asPlatform("reconcile", () -> repairs.clearEndpoints(deployment, finding));
            }
            case Remedy.Withdraw(DeploymentRef deployment) -> withdraw(deployment, finding);
            case Remedy.Observe(ServiceRef service, var state) -> {
                told(finding);
                tenancy.asPlatform("reconcile", () -> repairs.observe(service, state, finding));
            }
            case Remedy.RemoveImage(ServiceRef service, ImageDigest image) -> removeImage(service, image, finding);
            case Remedy.ReleaseRoots(var build) -> {
                told(finding);
                stores.nix().release(build);
            }
        }
        return Optional.empty();
    }

    /** Closes the reports of what was looked for and is not seen any more. */
    public void closeOthers(Predicate<Findings.Open> looked, List<Finding> seen) {
        tenancy.asPlatform("reconcile", () -> findings.closeOthers(looked, seen));
    }

    private void report(Finding finding) {
        if (tenancy.asPlatform("reconcile", () -> findings.open(finding))) {
            LOG.warn("{}: {} Nothing is done about it.", finding.kind(), finding.proof());
        }
    }

    private Optional<ServiceRef> queue(DeploymentRef target, Finding finding) {
        Optional<OperationRef> queued = tenancy.asPlatform("reconcile", () -> repairs.queue(target, finding));
        queued.ifPresent(operation ->
                LOG.info("{}: {} Repair {} is queued.", finding.kind(), finding.proof(), operation.operationId()));
        return queued.map(OperationRef::service);
    }

    private void removeRevision(DeploymentRef deployment, Finding finding) {
        if (tenancy.asPlatform("reconcile", () -> rows.isEnded(deployment))) {
            told(finding);
            revisions.remove(deployment);
            note(deployment.service(), finding);
        }
    }

    private void removeRelease(DeploymentRef deployment, Finding finding) {
        if (isIdle(deployment.service())) {
            told(finding);
            jobs.remove(deployment);
            note(deployment.service(), finding);
        }
    }

    private void release(DeploymentRef deployment, Finding finding) {
        if (isIdle(deployment.service())) {
            told(finding);
            rollout.releaseRevision(deployment);
            note(deployment.service(), finding);
        }
    }

    private void withdraw(DeploymentRef deployment, Finding finding) {
        if (isIdle(deployment.service())) {
            told(finding);
            rollout.withdraw(
                    deployment,
                    DeploymentState.FAILED,
                    Failure.of(
                            FailureCode.PLATFORM,
                            "The work on this deployment was lost before it came to an end.",
                            "Deploy again."));
            note(deployment.service(), finding);
        }
    }

    private void removeImage(ServiceRef service, ImageDigest image, Finding finding) {
        if (stores.look().isUnreferenced(service, image)) {
            told(finding);
            stores.images().remove(service, image);
            note(service, finding);
        }
    }

    private boolean isIdle(ServiceRef service) {
        return tenancy.asPlatform("reconcile", () -> !rows.hasOpen(service.serviceId()));
    }

    private void note(ServiceRef service, Finding finding) {
        tenancy.asPlatform("reconcile", () -> repairs.note(service, finding));
    }

    private static void told(Finding finding) {
        LOG.info("{}: {}", finding.kind(), finding.proof());
    }
}
