package dev.berth.activities.rollout;

import dev.berth.activities.swarm.TaskEvidence;
import dev.berth.domain.Failure;
import dev.berth.domain.FailureCode;
import java.util.Optional;

/**
 * Says in the user's words how a release command failed.
 *
 * @param memoryMb the limit of its task
 */
record ReleaseWords(int memoryMb) {
    /** 128 and SIGKILL. */
    private static final int KILLED = 137;
    /** What a shell, and the container's init, say of a program that is not there or cannot be run. */
    private static final int NOT_EXECUTABLE = 126;

    private static final int NOT_FOUND = 127;

    Failure of(Optional<Integer> exitCode, String error, TaskEvidence evidence) {
        int code = exitCode.orElse(-1);
        if (code == NOT_EXECUTABLE || code == NOT_FOUND) {
            return notFound("exit code " + code).withEvidence(evidence.log());
        }
        return told(code, error, evidence).withEvidence(evidence.log());
    }

    private Failure told(int code, String error, TaskEvidence evidence) {
        if (evidence.outOfMemory() || code == KILLED) {
            return Failure.of(
                    FailureCode.RELEASE_FAILED,
                    "The release command was ended because it used more memory than the service's limit of " + memoryMb
                            + " MB.",
                    "Raise the service's memory limit or let the command use less.");
        }
        return Failure.of(
                FailureCode.RELEASE_FAILED,
                code < 0
                        ? "The release command did not come to its end: " + error + "."
                        : "The release command ended with exit code " + code + ".",
                "Its last lines say why; what it changed before it failed stays changed.");
    }

    static Failure notFound(String how) {
        return Failure.of(
                        FailureCode.RELEASE_COMMAND_NOT_FOUND,
                        "The release command names a program that is not in the image or cannot be run.",
                        "Its first word is a program, the others are its arguments, and no shell reads them; correct it.")
                .withEvidence(how);
    }
}
