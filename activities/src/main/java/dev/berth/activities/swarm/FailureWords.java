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
    private static final int KILLED = 137;

    public Failure of(Failed failed, TaskEvidence evidence) {
        String error = failed.task().map(Task::error).orElse("");
        return switch (failed.code()) {
            case CRASHED_ON_START -> crashed(failed, evidence, error);
            case NEVER_HEALTHY, PORT_NOT_OPENED -> unhealthy(evidence);
            case IMAGE_NOT_PULLED ->
                Failure.of(
                                FailureCode.IMAGE_NOT_PULLED,
                                "The image could not be fetched from the registry.",
                                "Check that the registry runs and has space, then deploy again.")
                        .withEvidence(error);
            case NO_CAPACITY ->
                Failure.of(
                                FailureCode.NO_CAPACITY,
                                "No machine has room for the app: " + error + ".",
                                "Lower its memory or processor limit, stop something else, or add a machine.")
                        .withEvidence(error);
            case NETWORK_FULL ->
                Failure.of(
                                FailureCode.NETWORK_FULL,
                                "Your organisation's network has no free address left.",
                                "Remove services or replicas that you no longer need, then deploy again.")
                        .withEvidence(error);
            default ->
                Failure.of(
                                FailureCode.PLATFORM,
                                "Swarm could not start the app" + (error.isEmpty() ? "." : ": " + error + "."),
                                "Deploy again; if it stays so, ask the platform's operator.")
                        .withEvidence(evidence.log());
        };
    }

    private Failure crashed(Failed failed, TaskEvidence evidence, String error) {
        int exitCode = failed.task().map(Task::exitCode).orElseThrow().orElse(-1);
        if (evidence.outOfMemory()) {
            return Failure.of(
                            FailureCode.CRASHED_ON_START,
                            "The app was ended because it used more memory than its limit of " + memoryMb + " MB.",
                            "Raise the service's memory limit or let the app use less.")
                    .withEvidence(evidence.log());
        }
        if (exitCode == 0) {
            return Failure.of(
                            FailureCode.CRASHED_ON_START,
                            "The app ended by itself right after its start, with exit code 0.",
                            "Its start command has to stay in the foreground and serve requests.")
                    .withEvidence(evidence.log());
        }
        if (exitCode < 0) {
            return Failure.of(
                            FailureCode.CRASHED_ON_START,
                            "The app could not be started: " + error + ".",
                            "Check its start command.")
                    .withEvidence(evidence.log());
        }
        String suggestion = exitCode == KILLED
                ? "Exit code 137 means that it was killed, most often for its memory: the limit is " + memoryMb + " MB."
                : "Its last lines say why; a missing environment variable is the usual reason.";
        return Failure.of(
                        FailureCode.CRASHED_ON_START,
                        "The app crashed on start with exit code " + exitCode + ".",
                        suggestion)
                .withEvidence(evidence.log());
    }

    private Failure unhealthy(TaskEvidence evidence) {
        if (evidence.probe().toLowerCase(Locale.ROOT).contains("connection refused")) {
            return Failure.of(
                            FailureCode.PORT_NOT_OPENED,
                            "The app runs, but nothing listens on port " + port + ".",
                            "Listen on 0.0.0.0 and on the port that the variable PORT names (" + port + ").")
                    .withEvidence(joined(evidence));
        }
        return Failure.of(
                        FailureCode.NEVER_HEALTHY,
                        "The app started, but " + healthPath + " never gave a healthy answer.",
                        "Make " + healthPath + " answer with a status between 200 and 399, or change the health path.")
                .withEvidence(joined(evidence));
    }

    private static String joined(TaskEvidence evidence) {
        return evidence.log().isEmpty() ? evidence.probe() : evidence.log() + "\n\nHealth check: " + evidence.probe();
    }
}
