package dev.berth.api.services;

import dev.berth.domain.DeployGates;
import dev.berth.domain.ReleaseCommand;
import dev.berth.domain.ServiceSpec;
import dev.berth.domain.ServiceState;
import dev.berth.domain.Slug;
import dev.berth.domain.TrafficPolicy;
import dev.berth.domain.Volume;
import dev.berth.store.Service;
import java.math.BigDecimal;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Between what an author wrote, the row that keeps it and the answer that shows it. The row counts processors in thousandths. */
final class ServiceRows {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String HOST_CHARACTERS = "abcdefghijkmnpqrstuvwxyz23456789";
    private static final int HOST_SUFFIX = 6;

    private ServiceRows() {}

    /** A service that nothing was deployed of yet. Database and clock give it its times. */
    static Service create(UUID id, UUID organizationId, String host, ServiceSpec spec) {
        return new Service(
                id,
                organizationId,
                spec.templateId(),
                spec.name(),
                spec.slug().value(),
                host,
                spec.gitUrl(),
                spec.gitBranch(),
                spec.replicas(),
                cpuMillis(spec),
                spec.memoryLimitMb(),
                spec.port(),
                spec.healthPath(),
                spec.env(),
                spec.rollout(),
                spec.volumeMb().map(size -> new Volume(size, Optional.empty())),
                ServiceState.PENDING,
                Optional.empty(),
                1,
                Instant.EPOCH,
                Instant.EPOCH);
    }

    static Service with(Service present, ServiceSpec spec) {
        return new Service(
                present.id(),
                present.organizationId(),
                present.templateId(),
                spec.name(),
                present.slug(),
                present.host(),
                spec.gitUrl(),
                spec.gitBranch(),
                spec.replicas(),
                cpuMillis(spec),
                spec.memoryLimitMb(),
                spec.port(),
                spec.healthPath(),
                spec.env(),
                spec.rollout(),
                spec.volumeMb().map(size -> new Volume(size, present.volume().flatMap(Volume::node))),
                present.status(),
                present.currentDeploymentId(),
                present.version(),
                present.createdAt(),
                present.updatedAt());
    }

    static ServiceSpec spec(Service service) {
        return new ServiceSpec(
                service.name(),
                new Slug(service.slug()),
                service.templateId(),
                service.gitUrl(),
                service.gitBranch(),
                service.replicas(),
                processors(service.cpuMillis()),
                service.memoryMb(),
                service.port(),
                service.healthPath(),
                service.env(),
                service.rollout(),
                service.volume().map(Volume::sizeMb));
    }

    static ServiceView view(Service service, String url) {
        DeployGates gates = service.rollout().gates();
        TrafficPolicy traffic = service.rollout().traffic();
        return new ServiceView(
                service.id(),
                service.name(),
                service.slug(),
                service.templateId().orElse(null),
                service.gitUrl(),
                service.gitBranch(),
                service.replicas(),
                processors(service.cpuMillis()),
                service.memoryMb(),
                service.port(),
                service.healthPath(),
                service.env(),
                service.rollout().soakSeconds().orElse(null),
                service.rollout().healthDeadlineSeconds().orElse(null),
                service.rollout().onNewer(),
                gates.approvalRequired(),
                gates.windows().windows().stream().map(DeployWindowBody::of).toList(),
                gates.windows().zone().getId(),
                gates.release().map(ReleaseCommand::argv).orElse(null),
                gates.releaseDeadlineSeconds().orElse(null),
                traffic.strategy(),
                traffic.canaryWeight(),
                traffic.canaryHoldSeconds(),
                traffic.canaryMaxErrorPercent(),
                service.volume().map(Volume::sizeMb).orElse(null),
                service.volume().flatMap(Volume::node).orElse(null),
                service.status(),
                url,
                service.currentDeploymentId().orElse(null),
                service.version(),
                service.createdAt(),
                service.updatedAt());
    }

    /** A host for a slug whose own host is taken; random, so that nothing is learnt of who has it. */
    static String hostBeside(Slug slug) {
        StringBuilder host = new StringBuilder(slug.value()).append('-');
        for (int i = 0; i < HOST_SUFFIX; i++) {
            host.append(HOST_CHARACTERS.charAt(RANDOM.nextInt(HOST_CHARACTERS.length())));
        }
        return host.toString();
    }

    private static int cpuMillis(ServiceSpec spec) {
        return spec.cpuLimit().movePointRight(3).intValueExact();
    }

    private static BigDecimal processors(int millis) {
        return BigDecimal.valueOf(millis, 3).stripTrailingZeros();
    }
}
