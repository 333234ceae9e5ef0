package dev.berth.api.work;

import static java.util.stream.Collectors.toMap;

import dev.berth.api.http.Page;
import dev.berth.api.http.PageRequest;
import dev.berth.api.http.ProblemException;
import dev.berth.domain.DeploymentRef;
import dev.berth.store.Caller;
import dev.berth.store.Canaries;
import dev.berth.store.Canary;
import dev.berth.store.Cursor;
import dev.berth.store.Deployment;
import dev.berth.store.Deployments;
import dev.berth.store.Release;
import dev.berth.store.Releases;
import dev.berth.store.Service;
import dev.berth.store.Services;
import dev.berth.store.Step;
import dev.berth.store.Steps;
import dev.berth.store.Tenancy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** What ran, runs and will run of a service. */
@Component
class DeploymentHistory {
    private final Tenancy tenancy;
    private final Services services;
    private final Deployments deployments;
    private final Steps steps;
    private final Releases releases;
    private final Canaries canaries;

    DeploymentHistory(
            Tenancy tenancy,
            Services services,
            Deployments deployments,
            Steps steps,
            Releases releases,
            Canaries canaries) {
        this.tenancy = tenancy;
        this.services = services;
        this.deployments = deployments;
        this.steps = steps;
        this.releases = releases;
        this.canaries = canaries;
    }

    Page<DeploymentView> page(Caller caller, UUID serviceId, PageRequest page) {
        return tenancy.inOrg(caller.organizationId(), () -> {
            Service service = service(caller, serviceId);
            List<Deployment> rows = deployments.page(service.ref(), page.after(), page.rows());
            List<UUID> ids = rows.stream().map(Deployment::id).toList();
            Map<UUID, List<Step>> journal = steps.ofAll(caller.organizationId(), ids);
            Map<UUID, Release> runs = releases.ofAll(caller.organizationId(), ids);
            Map<UUID, Canary> shared = canaries.ofAll(caller.organizationId(), ids).stream()
                    .collect(toMap(Canary::deploymentId, canary -> canary));
            return Page.of(
                    rows,
                    page.limit(),
                    row -> new Cursor(row.createdAt(), row.id()),
                    row -> view(
                            row,
                            service.currentDeploymentId(),
                            journal.getOrDefault(row.id(), List.of()),
                            Optional.ofNullable(runs.get(row.id())),
                            Optional.ofNullable(shared.get(row.id()))));
        });
    }

    DeploymentView get(Caller caller, UUID serviceId, UUID deploymentId) {
        return tenancy.inOrg(caller.organizationId(), () -> {
            Service service = service(caller, serviceId);
            return deployments
                    .find(new DeploymentRef(caller.organizationId(), serviceId, deploymentId))
                    .map(row -> view(
                            row,
                            service.currentDeploymentId(),
                            steps.of(row.organizationId(), row.id()),
                            releases.find(row.ref()),
                            canaries.find(row.ref())))
                    .orElseThrow(() -> ProblemException.notFound("deployment"));
        });
    }

    private Service service(Caller caller, UUID serviceId) {
        return services.find(caller.service(serviceId)).orElseThrow(() -> ProblemException.notFound("service"));
    }

    private static DeploymentView view(
            Deployment row,
            Optional<UUID> current,
            List<Step> journal,
            Optional<Release> release,
            Optional<Canary> canary) {
        return new DeploymentView(
                row.id(),
                row.serviceId(),
                row.status(),
                row.buildId().orElse(null),
                row.imageDigest().map(digest -> digest.value()).orElse(null),
                row.commitSha().orElse(null),
                journal.stream().map(StepView::of).toList(),
                FailureView.of(row.failure()),
                release.map(ReleaseView::of).orElse(null),
                canary.flatMap(CanaryView::of).orElse(null),
                row.gap().map(Duration::toMillis).orElse(null),
                row.createdAt(),
                row.approvedAt().orElse(null),
                row.startedAt().orElse(null),
                row.finishedAt().orElse(null),
                RollbackTarget.mayBe(row, current));
    }
}
