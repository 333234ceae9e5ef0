package dev.berth.domain;

/** The words of {@link FailureCode.Phase#TRAFFIC}, {@link FailureCode.Phase#SOAK} and {@link FailureCode.Phase#OPERATION}. */
final class ServingMeanings {
    private static final String LOG = "the app's last 50 lines";

    static final Meaning ROUTE_NOT_SERVED = new Meaning(
            "The edge answers, but did not take the new route within 30 seconds.",
            "the generation that it serves and the one that was wanted",
            "The operator looks whether the Temporal worker runs, which feeds the edge; then deploy again.");
    static final Meaning EDGE_UNREACHABLE = new Meaning(
            "The edge did not answer at all for 30 seconds.",
            "the generation that was wanted",
            "The operator starts it (`./berth up`); then deploy again.");
    static final Meaning CANARY_ERRORS = new Meaning(
            "As a canary the app answered more of its requests with 5xx than `canaryMaxErrorPercent` allows; what served before "
                    + "serves all again.",
            "how many requests the edge counted, and how many of them were answered by 5xx",
            "See what it logged, mend it and deploy again.");
    static final Meaning CANARY_UNDECIDED = new Meaning(
            "Nobody promoted the canary within a day; what served before serves all again.",
            "how many requests the edge counted, and how many of them were answered by 5xx",
            "Deploy again and promote it, or set `canaryHoldSeconds` to have it promoted by itself.");
    static final Meaning CRASHED_IN_SOAK = new Meaning(
            "The app got the traffic and then ended; what served before serves again.",
            LOG + "; the sentence has the exit code",
            "See what it logged under load, and deploy a mended version.");
    static final Meaning OUT_OF_MEMORY_IN_SOAK = new Meaning(
            "The app got the traffic and was ended for its memory; what served before serves again.",
            LOG,
            "Raise the service's memory limit or let the app use less.");
    static final Meaning UNHEALTHY_IN_SOAK = new Meaning(
            "The app got the traffic and then failed its health check; what served before serves again.",
            LOG + ", and what the health check saw last",
            "See what it logged under load, and deploy a mended version.");
    static final Meaning NOTHING_RETAINED = new Meaning(
            "The deployment to roll back to is no longer kept.",
            Meaning.NONE,
            "Choose a newer one, or deploy the commit again.");
    static final Meaning CANCELLED = new Meaning(
            "Somebody cancelled it, or deleted the service meanwhile.",
            Meaning.NONE,
            "Deploy again if it was a mistake.");
    static final Meaning REJECTED = new Meaning(
            "An admin of the organisation did not approve the new version.",
            Meaning.NONE,
            "Ask the admins why; deploy again when it is mended.");
    static final Meaning ENGINE_UNREACHABLE = new Meaning(
            "The Docker engine was away for as long as a step may wait for it.",
            Meaning.NONE,
            "The operator starts it (`./berth up`); then try again.");
    static final Meaning ENGINE_REFUSED = new Meaning(
            "The Docker engine answered with an error for as long as a step may be tried.",
            "what the engine said",
            "The evidence is for the operator; then try again.");
    static final Meaning DATABASE_UNREACHABLE = new Meaning(
            "The database was away for as long as a step may wait for it.",
            Meaning.NONE,
            "The operator starts it (`./berth up`); then try again.");
    static final Meaning STEP_TIMED_OUT = new Meaning(
            "A step did not come to an end in its time, or its worker was lost and no other took its place.",
            "which of the step's limits it went beyond",
            "Try again; if it happens again, the workflow's history says what was tried.");
    static final Meaning WORKFLOW_ENDED =
            new Meaning("The workflow that carried it out was ended from outside.", Meaning.NONE, "Try again.");
    static final Meaning PLATFORM = new Meaning(
            "The platform failed in a way that it has no name for; it is not the app's fault.",
            "the kind of the trouble, never its words, which may hold secrets",
            "Try again; if it happens again, the workflow's history says what was tried.");

    private ServingMeanings() {}
}
