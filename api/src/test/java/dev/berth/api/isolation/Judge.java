package dev.berth.api.isolation;

import dev.berth.api.contract.Answer;
import dev.berth.api.contract.Contract.Endpoint;
import dev.berth.api.contract.World;
import dev.berth.api.isolation.Matrix.Expected;
import dev.berth.api.isolation.Matrix.Row;
import java.util.Optional;

/** Says what is wrong with an answer, if anything is. */
final class Judge {
    private Judge() {}

    /** What the table's words mean at this address. */
    static Expected at(Endpoint endpoint, Expected expected) {
        boolean ofService = endpoint.path().contains("{serviceId}");
        return switch (expected) {
            case HERE -> ofService ? Expected.MAY : Expected.FORBIDDEN;
            case AWAY -> ofService ? Expected.REFUSED : Expected.ANY;
            case OWN -> endpoint.path().matches(".*\\{(tokenId|sessionId)}.*") ? Expected.REFUSED : Expected.MAY;
            case ALONE ->
                endpoint.path().matches(".*\\{(organizationId|tokenId|sessionId)}.*") ? Expected.REFUSED : Expected.MAY;
            case READS -> endpoint.reads() ? Expected.MAY : Expected.FORBIDDEN;
            case MAY, UNAUTHENTICATED, FORBIDDEN, REFUSED, UNSEEN, ANY -> expected;
        };
    }

    static Optional<String> verdict(Expected expected, Row row, Answer answer) {
        int status = answer.status();
        boolean good = switch (expected) {
            case MAY ->
                row.answer().map(wanted -> wanted == status).orElse(answer.succeeded())
                        && !answer.header("location").contains("problem=");
            case UNAUTHENTICATED ->
                status == 401 && !answer.header("www-authenticate").isEmpty();
            case FORBIDDEN -> status == 403;
            case REFUSED -> status == 403 || status == 404;
            case UNSEEN, ANY -> status < 500;
            case HERE, AWAY, OWN, ALONE, READS -> throw new IllegalArgumentException("Settle " + expected + " first");
        };
        boolean inForm = status < 400 || answer.isProblem();
        return good && inForm ? Optional.empty() : Optional.of("expected " + expected + ", got " + answer);
    }

    /** Words and ids that only somebody of the organisation may read. */
    static Optional<String> betrayal(World theirs, Answer answer) {
        return theirs.ids().entrySet().stream()
                .filter(id -> !id.getKey().equals("templateId"))
                .filter(id -> answer.body().contains(id.getValue().toString()))
                .map(id -> "the answer tells their " + id.getKey() + ": " + answer)
                .findFirst()
                .or(() -> answer.body().contains(theirs.secret())
                        ? Optional.of("the answer tells their secrets: " + answer)
                        : Optional.empty());
    }
}
