package dev.berth.activities.swarm;

import dev.berth.activities.registry.PullCredential;
import dev.berth.domain.Failure;
import dev.berth.domain.FailureCode;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Why a host could not fetch an image. Swarm keeps that to the host's own log and says "No such image" whatever the reason was
 * (moby, {@code executor/container/controller.go}), so the engine is asked to fetch it once more and its answer is read.
 */
public final class PullDiagnosis {
    /** The address at which Berth's registry says tokens are not issued: the engine asks there when its own is not taken. */
    private static final Pattern UNAUTHORISED =
            Pattern.compile("no-tokens-are-issued|unauthorized|denied|authentication required|no basic auth");

    private static final Pattern UNREACHABLE =
            Pattern.compile("connection refused|dial tcp|no such host|timeout|deadline exceeded|\\beof\\b");
    private static final Pattern MISSING = Pattern.compile("manifest unknown|not found");

    private PullDiagnosis() {}

    /**
     * @param told what is known from Swarm
     * @param pull what hosts show the registry
     */
    public static Failure of(Failure told, Engine engine, String image, Optional<PullCredential> pull) {
        String answer = pullOnce(engine, image, pull);
        String words = answer.toLowerCase(Locale.ROOT);
        return reason(told, words)
                .withEvidence(told.evidence() + "\nAsked to fetch it once more, the engine says: " + answer.strip());
    }

    private static Failure reason(Failure told, String words) {
        if (words.contains("no space left")) {
            return Failure.of(
                    FailureCode.NO_SPACE,
                    "The disk of a host is full, so the image could not be fetched.",
                    "Ask the platform's operator to make room; what serves now is not affected.");
        }
        if (UNAUTHORISED.matcher(words).find()) {
            return Failure.of(
                    FailureCode.REGISTRY_REFUSED,
                    "The registry does not take the token that a host shows for the image.",
                    "Deploy again, which makes a new one; if it stays so, ask the platform's operator.");
        }
        if (UNREACHABLE.matcher(words).find()) {
            return Failure.of(
                    FailureCode.REGISTRY_UNREACHABLE,
                    "A host could not reach the registry to fetch the image.",
                    "Ask the platform's operator whether the registry runs, then deploy again.");
        }
        if (MISSING.matcher(words).find()) {
            return Failure.of(
                    FailureCode.IMAGE_MISSING,
                    "The image left the registry while the app was started.",
                    "Rebuild the service, which makes a new one.");
        }
        return told;
    }

    private static String pullOnce(Engine engine, String image, Optional<PullCredential> pull) {
        try {
            return engine.postForText(
                    "/images/create?fromImage=" + Engine.encode(image),
                    pull.map(credential -> Map.of("X-Registry-Auth", credential.header()))
                            .orElse(Map.of()));
        } catch (EngineException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
