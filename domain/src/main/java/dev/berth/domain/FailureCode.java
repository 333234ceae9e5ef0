package dev.berth.domain;

/**
 * Why a build or a deployment failed. Stable: clients switch on the name, so a name is added and never changed.
 *
 * <p>{@link #blame()} says who can do something about it.
 */
public enum FailureCode {
    REPOSITORY_NOT_FOUND(Blame.USER),
    REPOSITORY_AUTHENTICATION(Blame.USER),
    REPOSITORY_NOT_ALLOWED(Blame.USER),
    REPOSITORY_EMPTY(Blame.USER),
    REPOSITORY_TOO_LARGE(Blame.USER),
    REPOSITORY_UNREACHABLE(Blame.DEPENDENCY),
    BRANCH_NOT_FOUND(Blame.USER),
    APP_NOT_RECOGNISED(Blame.USER),
    APP_INVALID(Blame.USER),
    DEPENDENCY_UNAVAILABLE(Blame.DEPENDENCY),
    DEPENDENCY_HASH_MISMATCH(Blame.DEPENDENCY),
    EXPRESSION_INVALID(Blame.USER),
    EXPRESSION_REFUSED(Blame.USER),
    BUILD_SCRIPT_FAILED(Blame.USER),
    BUILD_TIMED_OUT(Blame.RESOURCE),
    NO_SPACE(Blame.RESOURCE),
    IMAGE_NOT_PULLED(Blame.PLATFORM),
    IMAGE_MISSING(Blame.PLATFORM),
    NO_CAPACITY(Blame.RESOURCE),
    NETWORK_FULL(Blame.RESOURCE),
    CRASHED_ON_START(Blame.USER),
    NEVER_HEALTHY(Blame.USER),
    PORT_NOT_OPENED(Blame.USER),
    CRASHED_IN_SOAK(Blame.USER),
    UNHEALTHY_IN_SOAK(Blame.USER),
    ROUTE_NOT_SERVED(Blame.PLATFORM),
    NOTHING_RETAINED(Blame.USER),
    CANCELLED(Blame.USER),
    PLATFORM(Blame.PLATFORM);

    private final Blame blame;

    FailureCode(Blame blame) {
        this.blame = blame;
    }

    public Blame blame() {
        return blame;
    }

    /** Whose turn it is: the app's author, whoever publishes a dependency, whoever sizes the machines, or Berth's operator. */
    public enum Blame {
        USER,
        DEPENDENCY,
        RESOURCE,
        PLATFORM
    }
}
