package dev.berth.activities.swarm;

import java.util.UUID;

/** How what Berth makes in an engine is named and found again. */
public final class RevisionNames {
    /** Label of everything that one installation of Berth made: its name. */
    public static final String INSTANCE = "berth.instance";

    static final String ORGANIZATION = "berth.organization";
    static final String SERVICE = "berth.service";
    static final String DEPLOYMENT = "berth.deployment";
    /** Label of what is no revision: what kind of one-off task it is. */
    static final String JOB = "berth.job";

    static final String RELEASE = "release";

    private RevisionNames() {}

    /**
     * {@code b-} and the last twelve digits of the id. The first digits of a UUIDv7 are a clock and would be shared by
     * deployments of the same minute; the label {@link #DEPLOYMENT} carries all of them.
     */
    public static String serviceName(UUID deploymentId) {
        String id = deploymentId.toString();
        return "b-" + id.substring(id.length() - 12);
    }

    /** The deployment's release command; no name that {@link #serviceName} gives. */
    static String jobName(UUID deploymentId) {
        return serviceName(deploymentId) + "-" + RELEASE;
    }

    static String networkName(UUID organizationId) {
        return "berth-" + organizationId;
    }
}
