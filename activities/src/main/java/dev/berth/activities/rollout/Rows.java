package dev.berth.activities.rollout;

import dev.berth.activities.ActivityFailures;
import dev.berth.domain.DeploymentRef;
import dev.berth.domain.Failure;
import dev.berth.domain.FailureCode;
import dev.berth.domain.ServiceRef;
import dev.berth.store.Builds;
import dev.berth.store.Canaries;
import dev.berth.store.Deployment;
import dev.berth.store.Deployments;
import dev.berth.store.Endpoints;
import dev.berth.store.Releases;
import dev.berth.store.Route;
import dev.berth.store.Routes;
import dev.berth.store.Service;
import dev.berth.store.Services;
import dev.berth.store.Tenancy;
import java.util.Optional;
import java.util.function.Supplier;
import javax.sql.DataSource;

/** The rows that a roll-out reads and writes. */
record Rows(
        Tenancy tenancy,
        Services services,
        Deployments deployments,
        Builds builds,
        Routes routes,
        Endpoints endpoints,
        Releases releases,
        Canaries canaries) {
    static Rows of(DataSource source) {
        return new Rows(
                new Tenancy(source),
                new Services(source),
                new Deployments(source),
                new Builds(source),
                new Routes(source),
                new Endpoints(source),
                new Releases(source),
                new Canaries(source));
    }

    <T> T in(DeploymentRef deployment, Supplier<T> work) {
        return tenancy.inOrg(deployment.organizationId(), work);
    }

    <T> T in(ServiceRef service, Supplier<T> work) {
        return tenancy.inOrg(service.organizationId(), work);
    }

    void in(DeploymentRef deployment, Runnable work) {
        tenancy.inOrg(deployment.organizationId(), work);
    }

    void in(ServiceRef service, Runnable work) {
        tenancy.inOrg(service.organizationId(), work);
    }

    /** A deployment with its service, as they are now. */
    Subject subject(DeploymentRef deployment) {
        return in(
                deployment,
                () -> new Subject(
                        services.find(deployment.service()).orElseThrow(Rows::gone),
                        deployments.find(deployment).orElseThrow(Rows::gone)));
    }

    /** Whether the traffic goes to this deployment; inside a transaction. */
    boolean isRouted(DeploymentRef deployment) {
        return routed(deployment.service()).filter(deployment::equals).isPresent();
    }

    /** Whether a part of the traffic goes to this deployment; inside a transaction. */
    boolean isCanary(DeploymentRef deployment) {
        return routes.find(deployment.service())
                .flatMap(Route::canaryId)
                .filter(deployment.deploymentId()::equals)
                .isPresent();
    }

    /** Whether the edge answers in place of what serves; inside a transaction. */
    boolean isPaused(ServiceRef service) {
        return routes.find(service).filter(Route::paused).isPresent();
    }

    /** The deployment that the traffic goes to; inside a transaction. */
    Optional<DeploymentRef> routed(ServiceRef service) {
        return routes.find(service)
                .flatMap(Route::deploymentId)
                .map(deployment -> new DeploymentRef(service.organizationId(), service.serviceId(), deployment));
    }

    /** Whether the traffic goes to the page of a stopped service; inside a transaction. */
    boolean isStopped(ServiceRef service) {
        return routes.find(service)
                .filter(route -> route.deploymentId().isEmpty())
                .isPresent();
    }

    Service service(ServiceRef service) {
        return in(service, () -> services.find(service).orElseThrow(Rows::gone));
    }

    static RuntimeException gone() {
        return ActivityFailures.of(
                Failure.of(FailureCode.CANCELLED, "The service was deleted while it was being deployed.", ""));
    }

    record Subject(Service service, Deployment deployment) {}
}
