package dev.berth.activities.swarm;

import dev.berth.domain.Failure;
import dev.berth.domain.FailureCode;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Says in the user's words what the health check of an app that runs saw last. The words that it reads are those of
 * {@code nix/probe/ask}, and the engine's own where the check took too long.
 */
record ProbeWords(int port, String healthPath) {
    private static final Pattern LISTENING = Pattern.compile("listening are ([^;\n]+)");
    private static final Pattern STATUS = Pattern.compile(" answered (\\d{3})");
    private static final Pattern LOOPBACK = Pattern.compile("(127\\.\\d+\\.\\d+\\.\\d+|\\[::1]):\\d+");

    Failure of(TaskEvidence evidence) {
        String seen = evidence.probe().toLowerCase(Locale.ROOT);
        return (seen.contains("connection refused") ? closed(evidence.probe()) : sick(seen))
                .withEvidence(evidence.logAndProbe());
    }

    private Failure closed(String probe) {
        Matcher found = LISTENING.matcher(probe);
        if (!found.find()) {
            return Failure.of(
                    FailureCode.PORT_NOT_OPENED,
                    "The app runs, but nothing listens on port " + port + ".",
                    "Listen on 0.0.0.0 and on the port that the variable PORT names (" + port + ").");
        }
        List<String> addresses = Arrays.asList(found.group(1).strip().split(", "));
        boolean loopback = addresses.stream()
                .anyMatch(address -> address.endsWith(":" + port)
                        && LOOPBACK.matcher(address).matches());
        return loopback
                ? Failure.of(
                        FailureCode.LISTENS_ON_LOOPBACK,
                        "The app listens on port " + port + " of its own container alone, where no visitor reaches it.",
                        "Listen on 0.0.0.0 instead of 127.0.0.1 or localhost.")
                : Failure.of(
                        FailureCode.LISTENS_ON_ANOTHER_PORT,
                        "The app listens on " + String.join(", ", addresses) + ", but not on port " + port + ".",
                        "Listen on the port that the variable PORT names, or set the service's port to the app's.");
    }

    private Failure sick(String seen) {
        if (seen.contains("exceeded timeout") || seen.contains("i/o timeout")) {
            return Failure.of(
                    FailureCode.HEALTH_TIMED_OUT,
                    "The app takes connections, but " + healthPath + " gives no answer in time.",
                    "Choose a health path that needs no other service, or find out what the app waits for.");
        }
        if (seen.contains("did not answer in http")) {
            return Failure.of(
                    FailureCode.PORT_NOT_HTTP,
                    "What listens on port " + port + " does not speak plain HTTP.",
                    "Serve HTTP without TLS on it: the edge does TLS for you.");
        }
        Matcher answered = STATUS.matcher(seen);
        return switch (answered.find() ? answered.group(1) : "") {
            case "404", "410" ->
                Failure.of(
                        FailureCode.HEALTH_PATH_NOT_FOUND,
                        "The app runs and has no " + healthPath + ": it answers " + answered.group(1) + ".",
                        "Add " + healthPath + " to the app, or change the health path.");
            case "401", "403" ->
                Failure.of(
                        FailureCode.HEALTH_PATH_FORBIDDEN,
                        "The app runs and lets nobody see " + healthPath + ": it answers " + answered.group(1) + ".",
                        "Choose a health path that answers without credentials.");
            default ->
                Failure.of(
                        FailureCode.NEVER_HEALTHY,
                        "The app started, but " + healthPath + " never gave a healthy answer.",
                        "Make " + healthPath + " answer with a status between 200 and 399, or change the health path.");
        };
    }
}
