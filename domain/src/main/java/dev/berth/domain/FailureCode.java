package dev.berth.domain;

import static dev.berth.domain.FailureCode.Blame.DEPENDENCY;
import static dev.berth.domain.FailureCode.Blame.RESOURCE;
import static dev.berth.domain.FailureCode.Blame.USER;
import static dev.berth.domain.FailureCode.Phase.BUILD;
import static dev.berth.domain.FailureCode.Phase.IMAGE;
import static dev.berth.domain.FailureCode.Phase.OPERATION;
import static dev.berth.domain.FailureCode.Phase.RELEASE;
import static dev.berth.domain.FailureCode.Phase.SOAK;
import static dev.berth.domain.FailureCode.Phase.SOURCE;
import static dev.berth.domain.FailureCode.Phase.START;
import static dev.berth.domain.FailureCode.Phase.TRAFFIC;

/**
 * Why a build or a deployment failed. Stable: clients switch on the name, so a name is added and never changed.
 *
 * <p>There is a code wherever somebody would act differently. {@link #phase()} is where most failures of the code appear,
 * {@link #blame()} who can do something about it, and {@link #meaning()} the words.
 */
public enum FailureCode {
    REPOSITORY_NOT_FOUND(SOURCE, USER, SourceMeanings.REPOSITORY_NOT_FOUND),
    REPOSITORY_AUTHENTICATION(SOURCE, USER, SourceMeanings.REPOSITORY_AUTHENTICATION),
    REPOSITORY_NOT_ALLOWED(SOURCE, USER, SourceMeanings.REPOSITORY_NOT_ALLOWED),
    REPOSITORY_EMPTY(SOURCE, USER, SourceMeanings.REPOSITORY_EMPTY),
    REPOSITORY_TOO_LARGE(SOURCE, USER, SourceMeanings.REPOSITORY_TOO_LARGE),
    REPOSITORY_HOST_UNKNOWN(SOURCE, USER, SourceMeanings.REPOSITORY_HOST_UNKNOWN),
    REPOSITORY_CERTIFICATE(SOURCE, DEPENDENCY, SourceMeanings.REPOSITORY_CERTIFICATE),
    REPOSITORY_TIMED_OUT(SOURCE, DEPENDENCY, SourceMeanings.REPOSITORY_TIMED_OUT),
    REPOSITORY_UNREACHABLE(SOURCE, DEPENDENCY, SourceMeanings.REPOSITORY_UNREACHABLE),
    BRANCH_NOT_FOUND(SOURCE, USER, SourceMeanings.BRANCH_NOT_FOUND),
    COMMIT_NOT_FOUND(SOURCE, USER, SourceMeanings.COMMIT_NOT_FOUND),
    APP_NOT_RECOGNISED(SOURCE, USER, SourceMeanings.APP_NOT_RECOGNISED),
    APP_INVALID(SOURCE, USER, SourceMeanings.APP_INVALID),

    WORKSPACE_LOST(BUILD, Blame.PLATFORM, BuildMeanings.WORKSPACE_LOST),
    DEPENDENCY_UNAVAILABLE(BUILD, DEPENDENCY, BuildMeanings.DEPENDENCY_UNAVAILABLE),
    DEPENDENCY_HASH_MISMATCH(BUILD, DEPENDENCY, BuildMeanings.DEPENDENCY_HASH_MISMATCH),
    DEPENDENCIES_TIMED_OUT(BUILD, DEPENDENCY, BuildMeanings.DEPENDENCIES_TIMED_OUT),
    EXPRESSION_INVALID(BUILD, USER, BuildMeanings.EXPRESSION_INVALID),
    EXPRESSION_REFUSED(BUILD, USER, BuildMeanings.EXPRESSION_REFUSED),
    BUILD_SCRIPT_FAILED(BUILD, USER, BuildMeanings.BUILD_SCRIPT_FAILED),
    BUILD_OUT_OF_MEMORY(BUILD, RESOURCE, BuildMeanings.BUILD_OUT_OF_MEMORY),
    BUILD_WENT_SILENT(BUILD, USER, BuildMeanings.BUILD_WENT_SILENT),
    BUILD_TIMED_OUT(BUILD, RESOURCE, BuildMeanings.BUILD_TIMED_OUT),
    NO_SPACE(BUILD, RESOURCE, BuildMeanings.NO_SPACE),
    NIX_UNAVAILABLE(BUILD, Blame.PLATFORM, BuildMeanings.NIX_UNAVAILABLE),

    REGISTRY_UNREACHABLE(IMAGE, Blame.PLATFORM, BuildMeanings.REGISTRY_UNREACHABLE),
    REGISTRY_REFUSED(IMAGE, Blame.PLATFORM, BuildMeanings.REGISTRY_REFUSED),
    IMAGE_NOT_PULLED(IMAGE, Blame.PLATFORM, BuildMeanings.IMAGE_NOT_PULLED),
    IMAGE_MISSING(IMAGE, Blame.PLATFORM, BuildMeanings.IMAGE_MISSING),

    RELEASE_FAILED(RELEASE, USER, ReleaseMeanings.RELEASE_FAILED),
    RELEASE_COMMAND_NOT_FOUND(RELEASE, USER, ReleaseMeanings.RELEASE_COMMAND_NOT_FOUND),
    RELEASE_TIMED_OUT(RELEASE, USER, ReleaseMeanings.RELEASE_TIMED_OUT),

    NO_CAPACITY(START, RESOURCE, StartMeanings.NO_CAPACITY),
    NO_HOST(START, Blame.PLATFORM, StartMeanings.NO_HOST),
    NETWORK_FULL(START, RESOURCE, StartMeanings.NETWORK_FULL),
    REVISION_REFUSED(START, Blame.PLATFORM, StartMeanings.REVISION_REFUSED),
    REVISION_VANISHED(START, Blame.PLATFORM, StartMeanings.REVISION_VANISHED),
    HOST_REFUSED(START, Blame.PLATFORM, StartMeanings.HOST_REFUSED),
    START_COMMAND_NOT_FOUND(START, USER, StartMeanings.START_COMMAND_NOT_FOUND),
    EXITED_ON_START(START, USER, StartMeanings.EXITED_ON_START),
    OUT_OF_MEMORY_ON_START(START, USER, StartMeanings.OUT_OF_MEMORY_ON_START),
    CRASHED_ON_START(START, USER, StartMeanings.CRASHED_ON_START),
    PORT_NOT_OPENED(START, USER, StartMeanings.PORT_NOT_OPENED),
    LISTENS_ON_LOOPBACK(START, USER, StartMeanings.LISTENS_ON_LOOPBACK),
    LISTENS_ON_ANOTHER_PORT(START, USER, StartMeanings.LISTENS_ON_ANOTHER_PORT),
    PORT_NOT_HTTP(START, USER, StartMeanings.PORT_NOT_HTTP),
    HEALTH_PATH_NOT_FOUND(START, USER, StartMeanings.HEALTH_PATH_NOT_FOUND),
    HEALTH_PATH_FORBIDDEN(START, USER, StartMeanings.HEALTH_PATH_FORBIDDEN),
    HEALTH_TIMED_OUT(START, USER, StartMeanings.HEALTH_TIMED_OUT),
    NEVER_HEALTHY(START, USER, StartMeanings.NEVER_HEALTHY),

    ROUTE_NOT_SERVED(TRAFFIC, Blame.PLATFORM, ServingMeanings.ROUTE_NOT_SERVED),
    EDGE_UNREACHABLE(TRAFFIC, Blame.PLATFORM, ServingMeanings.EDGE_UNREACHABLE),
    CANARY_ERRORS(TRAFFIC, USER, ServingMeanings.CANARY_ERRORS),
    CANARY_UNDECIDED(TRAFFIC, USER, ServingMeanings.CANARY_UNDECIDED),

    CRASHED_IN_SOAK(SOAK, USER, ServingMeanings.CRASHED_IN_SOAK),
    OUT_OF_MEMORY_IN_SOAK(SOAK, USER, ServingMeanings.OUT_OF_MEMORY_IN_SOAK),
    UNHEALTHY_IN_SOAK(SOAK, USER, ServingMeanings.UNHEALTHY_IN_SOAK),

    NOTHING_RETAINED(OPERATION, USER, ServingMeanings.NOTHING_RETAINED),
    CANCELLED(OPERATION, USER, ServingMeanings.CANCELLED),
    REJECTED(OPERATION, USER, ServingMeanings.REJECTED),
    ENGINE_UNREACHABLE(OPERATION, Blame.PLATFORM, ServingMeanings.ENGINE_UNREACHABLE),
    ENGINE_REFUSED(OPERATION, Blame.PLATFORM, ServingMeanings.ENGINE_REFUSED),
    DATABASE_UNREACHABLE(OPERATION, Blame.PLATFORM, ServingMeanings.DATABASE_UNREACHABLE),
    STEP_TIMED_OUT(OPERATION, Blame.PLATFORM, ServingMeanings.STEP_TIMED_OUT),
    WORKFLOW_ENDED(OPERATION, Blame.PLATFORM, ServingMeanings.WORKFLOW_ENDED),
    PLATFORM(OPERATION, Blame.PLATFORM, ServingMeanings.PLATFORM);

    private final Phase phase;
    private final Blame blame;
    private final Meaning meaning;

    FailureCode(Phase phase, Blame blame, Meaning meaning) {
        this.phase = phase;
        this.blame = blame;
        this.meaning = meaning;
    }

    public Phase phase() {
        return phase;
    }

    public Blame blame() {
        return blame;
    }

    public Meaning meaning() {
        return meaning;
    }

    /** Where on the way from a commit to visitors. */
    public enum Phase {
        /** The repository, and what stands in it. */
        SOURCE,
        BUILD,
        /** Packing, pushing and pulling it. */
        IMAGE,
        /** The release command. */
        RELEASE,
        /** Until every replica is healthy. */
        START,
        TRAFFIC,
        SOAK,
        /** Any step of any operation. */
        OPERATION
    }

    /** Whose turn it is: the app's author, whoever publishes a dependency, whoever sizes the machines, or Berth's operator. */
    public enum Blame {
        USER,
        DEPENDENCY,
        RESOURCE,
        PLATFORM
    }
}
