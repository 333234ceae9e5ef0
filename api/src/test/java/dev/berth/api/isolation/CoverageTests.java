package dev.berth.api.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.TestApi;
import dev.berth.api.access.Needs;
import dev.berth.api.access.Permission;
import dev.berth.api.contract.Contract;
import io.swagger.v3.oas.annotations.Operation;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** The tables of {@link Matrix} leave nothing out and nothing over. */
class CoverageTests {
    @Test
    void everyOperationHasARowAndEveryRowAnOperation() {
        assertThat(Matrix.operations().keySet())
                .containsExactlyInAnyOrderElementsOf(Contract.committed().endpoints().stream()
                        .map(Contract.Endpoint::id)
                        .toList());
    }

    @Test
    void everyOperationDeclaresThePermissionThatWasReviewed() {
        Map<String, String> declared = TestApi.bean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
                .getHandlerMethods()
                .values()
                .stream()
                .filter(handler -> handler.getBeanType().getPackageName().startsWith("dev.berth"))
                .filter(handler -> handler.hasMethodAnnotation(Operation.class))
                .collect(Collectors.toMap(CoverageTests::operationId, CoverageTests::need, (a, b) -> a, TreeMap::new));
        Map<String, String> reviewed = new TreeMap<>();
        Matrix.operations().forEach((id, row) -> reviewed.put(id, row.need()));
        assertThat(declared).isEqualTo(reviewed);
    }

    private static String operationId(HandlerMethod handler) {
        return Objects.requireNonNull(handler.getMethodAnnotation(Operation.class))
                .operationId();
    }

    private static String need(HandlerMethod handler) {
        return Optional.ofNullable(handler.getMethodAnnotation(Needs.class))
                .map(needs -> needs.value().name())
                .orElse("none");
    }

    @Test
    void everyCallerAndEveryPermissionHasAnExpectation() {
        assertThat(CallerClass.values())
                .allSatisfy(caller -> assertThat(Arrays.stream(Permission.values())
                                .map(permission -> Matrix.expected(permission.name(), caller)))
                        .doesNotContainNull());
    }

    @Test
    void theDigestLooksAtEveryTableOfATenant() {
        assertThat(Rows.tables())
                .contains("organizations", "memberships", "users", "sessions", "api_tokens", "container_services")
                .contains("audit_events", "audit_heads", "invitations", "service_grants", "operations");
    }
}
