package dev.berth.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What the demonstration prints: each thing done, and how long it took since the one before. */
final class Narration {
    private final PrintStream out;
    private final Instant begin = Instant.now();
    private Instant last = begin;

    Narration(PrintStream out) {
        this.out = out;
    }

    void chapter(String title) {
        out.println("\n" + title);
        last = Instant.now();
    }

    void did(String what, String words) {
        line(since(last), what, words);
        last = Instant.now();
    }

    /** The journal of a build and of its deployment, with the times that Berth itself noted. */
    void steps(JsonNode build, JsonNode deployment) {
        for (JsonNode subject : new JsonNode[] {build, deployment}) {
            for (JsonNode step : subject.path("steps")) {
                line(
                        duration(step),
                        step.path("name").asText(),
                        step.path("detail").asText(""));
            }
        }
        line("", "image", deployment.path("imageDigest").asText() + "  " + pushed(build));
        last = Instant.now();
    }

    private static String pushed(JsonNode build) {
        return build.path("layersPushed").isNumber()
                ? "(%d of %d layers pushed, %,d bytes)"
                        .formatted(
                                build.path("layersPushed").asInt(),
                                build.path("layers").asInt(),
                                build.path("bytesPushed").asLong())
                : "";
    }

    void reason(JsonNode deployment) {
        line(
                since(last),
                deployment.path("status").asText(),
                deployment.path("reason").path("sentence").asText());
        String suggestion = deployment.path("reason").path("suggestion").asText("");
        if (!suggestion.isEmpty()) {
            line("", "what to do", suggestion);
        }
        last = Instant.now();
    }

    void end() {
        out.println("\nAll as promised, in " + since(begin) + ".");
    }

    private void line(String time, String what, String words) {
        out.printf("  %8s  %-26s %s%n", time, what, words);
        out.flush();
    }

    private static String since(Instant earlier) {
        return seconds(Duration.between(earlier, Instant.now()));
    }

    private static String duration(JsonNode step) {
        return time(step, "startedAt")
                .flatMap(start -> time(step, "finishedAt").map(end -> seconds(Duration.between(start, end))))
                .orElse("…");
    }

    private static Optional<Instant> time(JsonNode step, String field) {
        return step.path(field).isTextual()
                ? Optional.of(Instant.parse(step.path(field).asText()))
                : Optional.empty();
    }

    private static String seconds(Duration duration) {
        return "%.1f s".formatted(duration.toMillis() / 1000.0);
    }
}
