package dev.berth.api.openapi;

import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The headers that hold for whole families of operations. */
final class Conventions {
    /** Whose answers show one thing that can be changed. */
    private static final Set<String> TAGGED = Set.of(
            "getService",
            "changeService",
            "createService",
            "getQuotaOverrides",
            "changeQuotaOverrides",
            "getQuotaDefaults",
            "changeQuotaDefaults");
    /** What may be too much for a quota or for the hosts. */
    private static final Set<String> TAKING = Set.of(
            "createService",
            "changeService",
            "deployService",
            "rebuildService",
            "restartService",
            "startService",
            "scaleService",
            "rollBackService");

    private Conventions() {}

    static Parameter idempotencyKey() {
        return new Parameter()
                .in("header")
                .name("Idempotency-Key")
                .description(
                        "Chosen by the caller, one for each new request. The same request sent again with it within 24 hours has no "
                                + "second effect and gets the first answer, with the header Idempotent-Replayed: true.")
                .schema(new StringSchema().minLength(1).maxLength(255));
    }

    static boolean isConditional(Operation operation) {
        return Optional.ofNullable(operation.getParameters()).orElse(List.of()).stream()
                .anyMatch(parameter -> parameter.getName().equals("If-Match"));
    }

    static boolean isRefusedWithoutRoom(Operation operation) {
        return TAKING.contains(operation.getOperationId());
    }

    /** The tag of what an answer shows, and that a reader who has it is not sent it again. */
    static void tag(Operation operation) {
        if (!TAGGED.contains(operation.getOperationId())) {
            return;
        }
        operation.getResponses().entrySet().stream()
                .filter(answer -> answer.getKey().startsWith("2"))
                .forEach(answer -> answer.getValue()
                        .addHeaderObject(
                                "ETag",
                                new Header()
                                        .description("What If-Match and If-None-Match compare")
                                        .required(true)
                                        .schema(new StringSchema())));
        if (operation.getOperationId().startsWith("get")) {
            operation
                    .getResponses()
                    .addApiResponse("304", new ApiResponse().description("Not changed since If-None-Match"));
        }
    }
}
