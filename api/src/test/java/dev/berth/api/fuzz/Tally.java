package dev.berth.api.fuzz;

import dev.berth.api.contract.Answer;
import dev.berth.api.contract.Exchange;
import java.util.List;
import java.util.Optional;

/** Counts what was sent and what came of it. */
final class Tally {
    private int sent;
    private int ourMistakes;
    private int acceptedInvalid;
    private int others;

    Answer sent(Exchange exchange) {
        Answer answer = exchange.send();
        sent++;
        if (answer.status() >= 500) {
            ourMistakes++;
        }
        return answer;
    }

    Optional<String> judged(Mutation mutation, Answer answer) {
        Optional<String> verdict = mutation.verdict(answer);
        if (verdict.isPresent() && answer.succeeded()) {
            acceptedInvalid++;
        } else if (verdict.isPresent() && answer.status() < 500) {
            others++;
        }
        return verdict;
    }

    String line(List<Long> seeds) {
        return "fuzz: %d requests sent, %d × 5xx, %d × accepted-invalid%s, seeds %s"
                .formatted(
                        sent,
                        ourMistakes,
                        acceptedInvalid,
                        others == 0 ? "" : ", " + others + " × refused without saying where",
                        seeds);
    }
}
