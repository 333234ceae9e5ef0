package dev.berth.domain;

/** What has been observed of one service. What was asked for stands in its operations, never here. */
public enum ServiceState {
    /** Nothing was deployed yet. */
    PENDING,
    /** Its first deployment builds; a service that already serves stays in its serving state meanwhile. */
    BUILDING,
    /** Its first deployment starts. */
    DEPLOYING,
    RUNNING,
    STOPPED,
    /** It serves with fewer healthy replicas than wanted. */
    DEGRADED,
    /** Nothing serves, and the last deployment failed. */
    FAILED,
    /** Stopped for an unpaid wallet. */
    SUSPENDED,
    DELETING
}
