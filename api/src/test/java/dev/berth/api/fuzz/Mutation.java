package dev.berth.api.fuzz;

import dev.berth.api.contract.Answer;
import dev.berth.api.contract.Exchange;
import java.util.Optional;
import java.util.Set;

/**
 * A request with one thing changed.
 *
 * @param what in words, for whoever reads of a failure
 * @param expected what the change must lead to
 */
record Mutation(String what, Exchange exchange, Expected expected) {
    /** Of what is wrong with a body: who is not let in, or came too often. */
    private static final Set<Integer> SAYS_NOTHING = Set.of(401, 429);

    /** What must come of it. */
    sealed interface Expected {
        /** Odd, but not against any rule: no mistake of ours may come of it. */
        record Survives() implements Expected {}

        /** Against a rule: a problem, which names the place where that is known. */
        record Refused(Optional<String> place) implements Expected {}
    }

    static Mutation survives(String what, Exchange exchange) {
        return new Mutation(what, exchange, new Expected.Survives());
    }

    static Mutation refused(String what, Exchange exchange) {
        return new Mutation(what, exchange, new Expected.Refused(Optional.empty()));
    }

    /** @param place a JSON pointer, or the name of a parameter */
    static Mutation refusedAt(String place, String what, Exchange exchange) {
        return new Mutation(place + " " + what, exchange, new Expected.Refused(Optional.of(place)));
    }

    /** What is wrong with the answer, if anything is. */
    Optional<String> verdict(Answer answer) {
        if (answer.status() >= 500) {
            return Optional.of("is a mistake of ours");
        }
        if (answer.status() >= 400 && !answer.isProblem()) {
            return Optional.of("is no problem+json");
        }
        return switch (expected) {
            case Expected.Survives() -> Optional.empty();
            case Expected.Refused(Optional<String> place) when leadsToARefusal(answer) -> Optional.empty();
            case Expected.Refused(Optional<String> place)
            when place.isPresent() && SAYS_NOTHING.contains(answer.status()) ->
                Optional.of("is refused for another reason");
            case Expected.Refused(Optional<String> place) ->
                answer.status() < 400
                        ? Optional.of("accepts what is invalid")
                        : place.filter(wanted -> answer.status() == 400
                                        && answer.blamed().stream().noneMatch(named -> isAt(wanted, named)))
                                .map(wanted -> "does not name " + wanted);
        };
    }

    /** A browser that comes back from an issuer is led to a page that says no: it shows nobody a problem document. */
    private static boolean leadsToARefusal(Answer answer) {
        return answer.status() == 302 && answer.header("location").contains("/sign-in?problem=");
    }

    private static boolean isAt(String wanted, String named) {
        return named.equals(wanted) || named.startsWith(wanted + "/");
    }

    @Override
    public String toString() {
        return what + ": " + exchange;
    }
}
