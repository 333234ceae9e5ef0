package dev.berth.activities.swarm;

import java.util.UUID;

/** How what Berth makes in an engine is named and found again. */
public final class RevisionNames {
    /** Label of everything that one installation of Berth made: its name. */
    public static final String INSTANCE = "berth.instance";

    static final String ORGANIZATION = "berth.organization";
    static final String SERVICE = "berth.service";
    static final String DEPLOYMENT = "berth.deployment";

    private RevisionNames() {}

    /**
     * {@code b-} and the last twelve digits of the id. The first digits of a UUIDv7 are a clock and would be shared by
     * deployments of the same minute; the label {@link #DEPLOYMENT} carries all of them.
     */
    public static String serviceName(UUID deploymentId) {
        String id = deploymentId.toString();
        return "b-" + id.substring(id.length() - 12);
    }

    static String networkName(UUID organizationId) {
        return "berth-" + organizationId;
    }
}
