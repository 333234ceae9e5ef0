package dev.berth.api.quota;

import static java.util.stream.Collectors.joining;

import dev.berth.api.http.Problem;
import dev.berth.api.http.ProblemException;
import dev.berth.api.http.ProblemType;
import dev.berth.domain.DeploymentState;
import dev.berth.domain.ServiceState;
import dev.berth.domain.Volume;
import dev.berth.domain.placement.Demand;
import dev.berth.domain.placement.Host;
import dev.berth.domain.placement.Placement;
import dev.berth.domain.placement.Placement.Missing;
import dev.berth.domain.quota.Admission;
import dev.berth.domain.quota.Amounts;
import dev.berth.domain.quota.Resource;
import dev.berth.domain.quota.Shortage;
import dev.berth.store.Deployment;
import dev.berth.store.Deployment.Configuration;
import dev.berth.store.Hosts;
import dev.berth.store.Quotas;
import dev.berth.store.Service;
import dev.berth.store.Utilisation;
import dev.berth.store.Utilisation.Taken;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Refuses what the organisation's quota or the hosts have no room for, with 507 and what is missing.
 *
 * <p>Call it in the tenant's transaction that inserts what is asked for, after the service's row is held and before anything is
 * inserted: the organisation's quota is held from here to the end of the transaction, so of two requests for the last place one
 * is refused. The hosts are looked at and not held; Swarm has the last word, and a deployment that finds no room after all fails
 * with {@code NO_CAPACITY}. Where no host was seen lately nothing is known, and nothing refused.
 */
@Component
public class RoomCheck {
    private final Quotas quotas;
    private final Utilisation utilisation;
    private final Hosts hosts;

    RoomCheck(Quotas quotas, Utilisation utilisation, Hosts hosts) {
        this.quotas = quotas;
        this.utilisation = utilisation;
        this.hosts = hosts;
    }

    /** One service more, with its volume. */
    public void toCreate(Service service) {
        Amounts limits = hold(service.organizationId());
        Map<Resource, Long> change = new EnumMap<>(Map.of(Resource.SERVICES, 1L));
        service.volume().ifPresent(volume -> change.put(Resource.STORAGE_MB, (long) volume.sizeMb()));
        refuse(Admission.ofNew(limits, utilisation.now(service.organizationId()), change));
    }

    /** A volume for a service that had none, or a larger one. */
    public void toEnlarge(Service present, Service wanted) {
        long more = volumeMb(wanted) - volumeMb(present);
        if (more > 0) {
            Amounts limits = hold(present.organizationId());
            refuse(Admission.ofKept(
                    limits, utilisation.now(present.organizationId()), Map.of(Resource.STORAGE_MB, more)));
        }
    }

    private static long volumeMb(Service service) {
        return service.volume().map(Volume::sizeMb).orElse(0);
    }

    /**
     * A new deployment of the service as it is configured: deploy, rebuild, restart. Its replicas come up beside the old ones on
     * the hosts, and count once in the quota; where versions take turns they get the place of the old ones.
     */
    public void toDeploy(Service service) {
        Amounts limits = hold(service.organizationId());
        Map<Resource, Long> change = change(service, Configuration.of(service));
        // How large an image gets is known when it is built.
        change.put(Resource.STORAGE_MB, 0L);
        refuse(Admission.ofNew(limits, utilisation.now(service.organizationId()), change));
        if (!takesThePlaceOfWhatRuns(service, change)) {
            requireHosts(demand(service.replicas(), Configuration.of(service)));
        }
    }

    /** A deployment that was made before: roll-back, start. A warm one has its room on the hosts already. */
    public void toBringBack(Service service, Deployment deployment) {
        Amounts limits = hold(service.organizationId());
        Map<Resource, Long> change = change(service, deployment.configuration());
        refuse(Admission.ofKept(limits, utilisation.now(service.organizationId()), change));
        boolean warm = deployment.status() == DeploymentState.RUNNING && service.status() != ServiceState.STOPPED;
        if (!warm && !takesThePlaceOfWhatRuns(service, change)) {
            requireHosts(demand(service.replicas(), deployment.configuration()));
        }
    }

    /**
     * Another number of replicas of what runs or is asked to; nothing is refused where nothing does.
     *
     * @param service as it is before
     * @param replicas 1 or more
     */
    public void toScale(Service service, int replicas) {
        if (replicas == service.replicas()) {
            return;
        }
        Amounts limits = hold(service.organizationId());
        utilisation.of(service.organizationId(), service.id()).ifPresent(taken -> {
            int more = replicas - taken.replicas();
            long cpuMillis = taken.cpuMillis() / taken.replicas();
            long memoryMb = taken.memoryMb() / taken.replicas();
            refuse(Admission.ofKept(
                    limits,
                    utilisation.now(service.organizationId()),
                    Map.of(Resource.CPU_MILLIS, more * cpuMillis, Resource.MEMORY_MB, more * memoryMb)));
            requireHosts(Demand.ofLimits(Math.max(0, more), (int) cpuMillis, Math.max(1, (int) memoryMb)));
        });
    }

    private Amounts hold(UUID organizationId) {
        quotas.hold(organizationId);
        return quotas.limits(organizationId).orElseThrow(() -> ProblemException.notFound("organisation"));
    }

    /** How much more, or less, the service takes with all its replicas of this size. */
    private Map<Resource, Long> change(Service service, Configuration size) {
        Taken taken = utilisation.of(service.organizationId(), service.id()).orElse(Taken.NOTHING);
        Map<Resource, Long> change = new EnumMap<>(Resource.class);
        change.put(Resource.CPU_MILLIS, (long) service.replicas() * size.cpuMillis() - taken.cpuMillis());
        change.put(Resource.MEMORY_MB, (long) service.replicas() * size.memoryMb() - taken.memoryMb());
        return change;
    }

    /** What ends first leaves room enough; where it does not, the hosts are asked for all of it, as if it stayed. */
    private static boolean takesThePlaceOfWhatRuns(Service service, Map<Resource, Long> change) {
        return service.rollout().traffic().strategy().isOneAtATime()
                && change.getOrDefault(Resource.CPU_MILLIS, 0L) <= 0
                && change.getOrDefault(Resource.MEMORY_MB, 0L) <= 0;
    }

    private static Demand demand(int replicas, Configuration size) {
        return Demand.ofLimits(replicas, size.cpuMillis(), size.memoryMb());
    }

    private void requireHosts(Demand demand) {
        List<Host> room = hosts.room();
        if (!room.isEmpty() && Placement.of(room, demand) instanceof Missing missing) {
            throw new ProblemException(Problem.of(
                            ProblemType.INSUFFICIENT_CAPACITY,
                            "The hosts have room for %d of %d replicas. Ask for fewer or smaller ones, or try again later."
                                    .formatted(missing.fitting(), demand.replicas()))
                    .withShortages(missing.shortages()));
        }
    }

    private static void refuse(Admission admission) {
        if (!admission.isGranted()) {
            throw new ProblemException(Problem.of(
                            ProblemType.QUOTA_EXCEEDED,
                            "The organisation's quota is used up: this %s. Free some, or ask the platform's admins for more."
                                    .formatted(admission.shortages().stream()
                                            .map(Shortage::sentence)
                                            .collect(joining(", and "))))
                    .withShortages(admission.shortages()));
        }
    }
}
