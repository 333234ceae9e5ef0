package dev.berth.activities.swarm;

import dev.berth.activities.swarm.RevisionObserver.Failed;
import dev.berth.domain.Failure;
import dev.berth.domain.FailureCode;
import java.util.Locale;

/**
 * Says in the user's words why a revision did not come up.
 *
 * @param port where the app was told to listen
 * @param memoryMb the limit of each replica
 */
public record FailureWords(int port, String healthPath, int memoryMb) {
    /** 128 and SIGKILL; nothing but the kernel, for its memory, and the engine's operator kill an app that way. */
    private static final int KILLED = 137;
    /** What a shell, and the container's init, say of a program that is not there or cannot be run. */
    private static final int NOT_EXECUTABLE = 126;

    private static final int NOT_FOUND = 127;

    public Failure of(Failed failed, TaskEvidence evidence) {
        String error = failed.task().map(Task::error).orElse("");
        return switch (failed.code()) {
            case CRASHED_ON_START -> crashed(failed, evidence, error).withEvidence(evidence.log());
            case NEVER_HEALTHY -> new ProbeWords(port, healthPath).of(evidence);
            case START_COMMAND_NOT_FOUND -> startCommand(error).withEvidence(error);
            default -> beforeItRan(failed.code(), error).withEvidence(error);
        };
    }

    private Failure crashed(Failed failed, TaskEvidence evidence, String error) {
        int exitCode = failed.task().map(Task::exitCode).orElseThrow().orElse(-1);
        if (evidence.outOfMemory() || exitCode == KILLED) {
            return Failure.of(
                    FailureCode.OUT_OF_MEMORY_ON_START,
                    "The app was ended because it used more memory than its limit of " + memoryMb + " MB.",
                    "Raise the service's memory limit or let the app use less.");
        }
        return switch (exitCode) {
            case 0 ->
                Failure.of(
                        FailureCode.EXITED_ON_START,
                        "The app ended by itself right after its start, with exit code 0.",
                        "Its start command has to stay in the foreground and serve requests.");
            case NOT_EXECUTABLE, NOT_FOUND -> startCommand("exit code " + exitCode);
            default ->
                Failure.of(
                        FailureCode.CRASHED_ON_START,
                        exitCode < 0
                                ? "The app crashed on start: " + error + "."
                                : "The app crashed on start with exit code " + exitCode + ".",
                        "Its last lines say why; a missing environment variable is the usual reason.");
        };
    }

    private static Failure startCommand(String how) {
        return Failure.of(
                FailureCode.START_COMMAND_NOT_FOUND,
                "The app's start command names a program that is not in the image or cannot be run: " + how + ".",
                "Correct the start command, or add what it needs to the dependencies.");
    }

    private static Failure beforeItRan(FailureCode code, String error) {
        String said = error.isEmpty() ? "" : ": " + error;
        return switch (code) {
            case IMAGE_NOT_PULLED ->
                Failure.of(
                        code,
                        "A host could not fetch the image from the registry.",
                        "Deploy again; if it stays so, ask the platform's operator.");
            case NO_SPACE ->
                Failure.of(
                        code,
                        "The disk of a host is full.",
                        "Ask the platform's operator to make room; what serves now is not affected.");
            case NO_CAPACITY ->
                Failure.of(
                        code,
                        "No host has room for the app" + said + ".",
                        "Lower its memory or processor limit, stop something else, or add a host.");
            case NO_HOST ->
                Failure.of(
                        code,
                        "No host takes the app" + said + ".",
                        "Ask the platform's operator whether its hosts are up, then deploy again.");
            case NETWORK_FULL ->
                Failure.of(
                        code,
                        "Your organisation's network has no free address left.",
                        "Remove services or replicas that you no longer need, then deploy again.");
            case REVISION_VANISHED ->
                Failure.of(
                        code,
                        "The app's Swarm service was removed by somebody else while it started.",
                        "Deploy again.");
            default ->
                Failure.of(
                        FailureCode.HOST_REFUSED,
                        "A host could not start the app" + said + ".",
                        "Deploy again; if it stays so, ask the platform's operator.");
        };
    }

    /** What stands for {@code unhealthy} in Swarm's explanations of a task that its health check ended. */
    public static boolean isUnhealthy(Task task) {
        return task.error().toLowerCase(Locale.ROOT).contains("unhealthy");
    }
}
