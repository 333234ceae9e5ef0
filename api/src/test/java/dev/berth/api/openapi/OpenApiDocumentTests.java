package dev.berth.api.openapi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.TestApi;
import dev.berth.api.access.Needs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Run with {@code -Dopenapi.write=true} to write the document anew. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpenApiDocumentTests {
    private static final Path COMMITTED = Path.of("openapi.json");
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private JsonNode served = JSON.nullNode();

    @BeforeAll
    void fetch() {
        served = TestApi.send(TestApi.request("/api/openapi.json")).json();
    }

    @Test
    void theCommittedDocumentIsTheServedOne() throws IOException {
        String text = JSON.writeValueAsString(served) + "\n";
        if (Boolean.getBoolean("openapi.write")) {
            Files.writeString(COMMITTED, text, UTF_8);
        }
        assertThat(Files.readString(COMMITTED, UTF_8))
                .as("openapi.json is stale; write it anew with -Dopenapi.write=true")
                .isEqualTo(text);
    }

    @Test
    void theDocumentIsOpenApi31() {
        assertThat(served.get("openapi").asString()).startsWith("3.1");
    }

    @Test
    void everyOperationHasAnIdAndProblemAnswers() {
        List<JsonNode> operations = operations().toList();
        assertThat(operations).isNotEmpty().allSatisfy(operation -> {
            assertThat(operation.path("operationId").asString()).isNotBlank().doesNotContain("_");
            assertThat(operation
                            .at("/responses/500/content/application~1problem+json/schema/$ref")
                            .asString())
                    .endsWith("/Problem");
        });
        assertThat(operations.stream().map(operation -> operation.get("operationId")))
                .doesNotHaveDuplicates();
    }

    @Test
    void everyControllerMethodIsInTheDocument() {
        List<String> undocumented = handlers().entrySet().stream()
                .filter(entry -> isOurs(entry.getValue()))
                .flatMap(entry -> entry.getKey().getPatternValues().stream()
                        .flatMap(path -> entry.getKey().getMethodsCondition().getMethods().stream()
                                .map(method -> served.path("paths")
                                        .path(path)
                                        .path(method.name().toLowerCase(Locale.ROOT)))
                                .filter(JsonNode::isMissingNode)
                                .map(missing -> path)))
                .toList();
        assertThat(undocumented).isEmpty();
    }

    @Test
    void everyControllerMethodDeclaresItsPermission() {
        assertThat(handlers().values().stream().filter(OpenApiDocumentTests::isOurs))
                .isNotEmpty()
                .allSatisfy(handler -> assertThat(handler.hasMethodAnnotation(Needs.class))
                        .as(handler.toString())
                        .isTrue());
    }

    @Test
    void everyPostOfSomebodySignedInTakesAKeyAndSaysWhatBecomesOfRepeats() {
        assertThat(operations("post").filter(OpenApiDocumentTests::needsSignIn))
                .isNotEmpty()
                .allSatisfy(operation -> {
                    assertThat(parameters(operation)).as(operation.toString()).contains("Idempotency-Key");
                    assertThat(operation.get("responses").propertyNames()).contains("400", "409", "422");
                });
    }

    @Test
    void everyListIsPaged() {
        assertThat(operations("get")
                        .filter(operation ->
                                operation.get("operationId").asString().startsWith("list")))
                .isNotEmpty()
                .allSatisfy(operation -> assertThat(parameters(operation))
                        .as(operation.get("operationId").asString())
                        .contains("limit", "cursor"));
        assertThat(operations("get")
                        .filter(operation -> operation
                                .at("/responses/200/content/application~1json/schema/type")
                                .asString()
                                .equals("array")))
                .as("a bare array has no next page")
                .isEmpty();
    }

    @Test
    void everyOperationDocumentsTheProblemsThatItsFamilyHas() {
        assertThat(operations().filter(OpenApiDocumentTests::needsSignIn))
                .allSatisfy(operation -> assertThat(operation.get("responses").propertyNames())
                        .as(operation.get("operationId").asString())
                        .contains("401", "403", "429", "500", "503"));
        assertThat(operations().filter(operation -> operation.has("requestBody")))
                .allSatisfy(operation -> assertThat(operation.get("responses").propertyNames())
                        .as(operation.get("operationId").asString())
                        .contains("400", "413", "415"));
        assertThat(operations("patch")
                        .filter(operation ->
                                operation.get("operationId").asString().equals("changeService")))
                .allSatisfy(operation -> {
                    assertThat(parameters(operation)).contains("If-Match");
                    assertThat(operation.get("responses").propertyNames()).contains("412", "428");
                });
    }

    /** An operation without {@code security} has the document's own. */
    private static boolean needsSignIn(JsonNode operation) {
        return !operation.has("security") || !operation.get("security").isEmpty();
    }

    private static List<String> parameters(JsonNode operation) {
        return operation.path("parameters").values().stream()
                .map(parameter -> parameter.get("name").asString())
                .toList();
    }

    private Stream<JsonNode> operations(String method) {
        return served.get("paths").values().stream()
                .map(path -> path.path(method))
                .filter(operation -> !operation.isMissingNode());
    }

    @Test
    void answersHoldEveryFieldAndSayWhichMayBeNull() {
        JsonNode service = served.at("/components/schemas/Service");
        assertThat(service.get("required").values().stream().map(JsonNode::asString))
                .contains("id", "currentDeploymentId");
        assertThat(service.at("/properties/currentDeploymentId/type").toString())
                .contains("null");
        assertThat(service.at("/properties/status/enum").toString()).contains("\"running\"");
    }

    private static Map<RequestMappingInfo, HandlerMethod> handlers() {
        return TestApi.bean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
                .getHandlerMethods();
    }

    private static boolean isOurs(HandlerMethod handler) {
        return handler.getBeanType().getPackageName().startsWith("dev.berth")
                && !handler.getBeanType().getSimpleName().equals("ErrorPage");
    }

    private Stream<JsonNode> operations() {
        return served.get("paths").values().stream().flatMap(path -> path.values().stream());
    }
}
