package dev.berth.api.builds;

import dev.berth.api.http.Page;
import dev.berth.api.http.PageRequest;
import dev.berth.api.http.ProblemException;
import dev.berth.api.work.FailureView;
import dev.berth.api.work.StepView;
import dev.berth.domain.BuildRef;
import dev.berth.domain.ServiceRef;
import dev.berth.store.Build;
import dev.berth.store.Builds;
import dev.berth.store.Caller;
import dev.berth.store.Cursor;
import dev.berth.store.Services;
import dev.berth.store.Step;
import dev.berth.store.Steps;
import dev.berth.store.Tenancy;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** What was built for a service. */
@Component
class BuildHistory {
    private final Tenancy tenancy;
    private final Services services;
    private final Builds builds;
    private final Steps steps;

    BuildHistory(Tenancy tenancy, Services services, Builds builds, Steps steps) {
        this.tenancy = tenancy;
        this.services = services;
        this.builds = builds;
        this.steps = steps;
    }

    Page<BuildView> page(Caller caller, UUID serviceId, PageRequest page) {
        ServiceRef service = caller.service(serviceId);
        return tenancy.inOrg(caller.organizationId(), () -> {
            if (services.find(service).isEmpty()) {
                throw ProblemException.notFound("service");
            }
            List<Build> rows = builds.page(service, page.after(), page.rows());
            Map<UUID, List<Step>> journal = steps.ofAll(
                    service.organizationId(), rows.stream().map(Build::id).toList());
            return Page.of(
                    rows,
                    page.limit(),
                    row -> new Cursor(row.createdAt(), row.id()),
                    row -> view(row, journal.getOrDefault(row.id(), List.of())));
        });
    }

    BuildView get(Caller caller, UUID serviceId, UUID buildId) {
        return tenancy.inOrg(
                caller.organizationId(),
                () -> builds.find(new BuildRef(caller.organizationId(), serviceId, buildId))
                        .map(row -> view(row, steps.of(row.organizationId(), row.id())))
                        .orElseThrow(() -> ProblemException.notFound("build")));
    }

    private static BuildView view(Build row, List<Step> journal) {
        return new BuildView(
                row.id(),
                row.serviceId(),
                row.status(),
                row.commitSha().orElse(null),
                row.imageDigest().map(digest -> digest.value()).orElse(null),
                row.plan().map(BuildView.PlanView::of).orElse(null),
                row.push().map(Build.Push::bytes).orElse(null),
                row.push().map(Build.Push::layersPushed).orElse(null),
                row.push().map(Build.Push::layers).orElse(null),
                journal.stream().map(StepView::of).toList(),
                FailureView.of(row.failure()),
                row.createdAt(),
                row.startedAt().orElse(null),
                row.finishedAt().orElse(null));
    }
}
