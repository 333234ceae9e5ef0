package dev.berth.domain.reconcile;

import static java.util.Objects.requireNonNull;

import dev.berth.domain.ServiceRef;
import java.util.Optional;

/**
 * One difference between what is written and what is seen.
 *
 * @param service whose it is; none for what belongs to nobody known
 * @param subject id of the thing that differs: a deployment, a Swarm service, a tag, …
 * @param proof a sentence: what was seen, and where it is written otherwise
 */
public record Finding(Kind kind, Optional<ServiceRef> service, String subject, String proof, Remedy remedy) {
    public Finding {
        requireNonNull(kind, "kind is null");
        requireNonNull(service, "service is null");
        requireNonNull(remedy, "remedy is null");
        if (subject.isBlank() || proof.isBlank()) {
            throw new IllegalArgumentException("A finding has a subject and a proof");
        }
    }

    /** The same in two looks means that it is the same difference, although numbers in the proof may have moved. */
    public Key key() {
        return new Key(kind, subject);
    }

    /** What makes two findings one. */
    public record Key(Kind kind, String subject) {}

    /** What differs. Names are kept in rows: one is added and never changed. */
    public enum Kind {
        /** The deployment that serves has no Swarm service. */
        REVISION_MISSING,
        /** Its Swarm service is scaled to another number than the service's. */
        REPLICAS_DIFFER,
        /** The service serves by its row, and the edge has no route for it. */
        ROUTE_MISSING,
        /** The route leads to a deployment other than the one that serves, or to one that does not run. */
        ROUTE_ASTRAY,
        /** Healthy replicas, and none of them published. */
        ENDPOINTS_MISSING,
        /** Published replicas of a deployment without a Swarm service. */
        ENDPOINTS_STALE,
        /** It outlived its soak, and the workflow that would have said so is gone. */
        UNPROVEN,
        /** It lost the traffic to a proven one and was never retired. */
        UNRETIRED,
        /** Kept for roll-back by its row, and its Swarm service is gone. */
        RETAINED_LOST,
        /** Retired by its row, and it has replicas. */
        RETIRED_RUNS,
        /** Under way by its row, and no operation brings it further. */
        DEPLOYMENT_ABANDONED,
        /** The service's state is one that only an operation causes, and there is none. */
        STATE_CONTRADICTED,
        /** A Swarm service of this installation for a deployment that has ended. */
        ORPHAN,
        /** The task of a release command, and nobody waits for its end any more. */
        RELEASE_LEFT_BEHIND,
        /** A volume of this installation for a service that has no row. */
        VOLUME_LEFT_BEHIND,
        /** A Swarm service with this installation's label that no row explains. */
        UNEXPLAINED,
        /** The image of a deployment that is kept is not in the registry. */
        IMAGE_LOST,
        /** An image in the registry that nothing refers to. */
        IMAGE_UNREFERENCED,
        /** Roots in the Nix store of a build that has ended. */
        ROOTS_UNREFERENCED
    }
}
