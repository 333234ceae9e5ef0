package dev.berth.api.http;

import dev.berth.domain.Violation;
import dev.berth.domain.quota.Shortage;
import io.swagger.v3.oas.annotations.media.Schema;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;

/**
 * An answer that says what went wrong: RFC 9457, {@code application/problem+json}.
 *
 * @param errors what to mend in the request
 * @param shortages what there is too little of; empty but for 507
 */
@Schema(name = "Problem")
public record Problem(URI type, String title, int status, String detail, List<Item> errors, List<Shortage> shortages) {
    public static final String MEDIA_TYPE = MediaType.APPLICATION_PROBLEM_JSON_VALUE;

    public static Problem of(ProblemType type, String detail) {
        return new Problem(type.uri(), type.title(), type.status().value(), detail, List.of(), List.of());
    }

    /** The input's violations, each at its place in the body. */
    public static Problem of(List<Violation> violations) {
        return of(ProblemType.INVALID_INPUT, "Mend what errors names and send the request again.")
                .with(violations.stream()
                        .map(violation -> new Item(violation.pointer(), null, violation.sentence()))
                        .toList());
    }

    /** An input that is right in itself and does not go with what is there. */
    public static Problem conflict(Violation violation) {
        return of(ProblemType.CONFLICT, "Mend what errors names and send the request again.")
                .with(List.of(new Item(violation.pointer(), null, violation.sentence())));
    }

    /** A query parameter or header that breaks its rule. */
    public static Problem ofParameter(String parameter, String sentence) {
        return of(ProblemType.INVALID_INPUT, "Mend what errors names and send the request again.")
                .with(List.of(new Item(null, parameter, sentence)));
    }

    Problem with(List<Item> items) {
        return new Problem(type, title, status, detail, items, shortages);
    }

    public Problem withShortages(List<Shortage> missing) {
        return new Problem(type, title, status, detail, errors, missing);
    }

    /**
     * One thing that is wrong.
     *
     * @param pointer where in the body, {@code #/env/PATH}; null where the body is not to blame
     * @param parameter the query parameter or header; null where the body is to blame
     * @param detail the end of a sentence that begins with the field's name; never repeats the value
     */
    @Schema(name = "ProblemItem")
    public record Item(@Nullable String pointer, @Nullable String parameter, String detail) {}
}
