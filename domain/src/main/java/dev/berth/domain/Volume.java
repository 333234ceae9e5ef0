package dev.berth.domain;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The folder {@value #FOLDER} of a service: on the disk of one host, and there until the service is deleted, whatever becomes of its
 * deployments.
 *
 * @param sizeMb mebibytes, 64 to 1,048,576; counted in the organisation's storage
 * @param node Swarm's id of the host that has it; empty until something was started with it
 */
public record Volume(int sizeMb, Optional<String> node) {
    /** Every image has it, with the app as its owner; an empty volume gets both from there. */
    public static final String FOLDER = "/data";

    static final int LEAST_MB = 64;
    static final int MOST_MB = 1_048_576;

    public Volume {
        requireNonNull(node, "node is null");
        if (sizeMb < LEAST_MB || sizeMb > MOST_MB) {
            throw new IllegalArgumentException("sizeMb is not from " + LEAST_MB + " to " + MOST_MB + ": " + sizeMb);
        }
    }

    /** What a service may not be with the volume that is wanted of it. */
    static List<Violation> violations(Optional<Integer> present, ServiceSpec wanted) {
        if (wanted.volumeMb().isEmpty()) {
            return List.of();
        }
        List<Violation> found = new ArrayList<>();
        if (present.filter(before -> before > wanted.volumeMb().orElseThrow()).isPresent()) {
            found.add(Violation.of("volumeMb", "must not be less than it was: what is in the volume may need it"));
        }
        if (!wanted.rollout().traffic().strategy().isOneAtATime()) {
            found.add(Violation.of("strategy", "must be recreate: no two versions may write to one volume"));
        }
        if (wanted.replicas() != 1) {
            found.add(Violation.of("replicas", "must be 1: a volume is for one replica on one host"));
        }
        return found;
    }
}
