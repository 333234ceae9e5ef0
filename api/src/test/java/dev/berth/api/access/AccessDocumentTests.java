package dev.berth.api.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.Checkout;
import dev.berth.api.TestApi;
import dev.berth.api.contract.Contract;
import io.swagger.v3.oas.annotations.Operation;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;

/** {@code docs/ACCESS.md} says what the code does: each permission, each address, each field that is not everybody's. */
class AccessDocumentTests {
    private static final String DOCUMENT = "docs/ACCESS.md";
    private static final Pattern DELICATE =
            Pattern.compile("(?i).*(password|token|secret|code|link|env|role|scope|platformadmin|disabled).*");

    /** Of those, what is a name or an id, and no secret or right. */
    private static final Set<String> HARMLESS = Set.of("Failure.code", "Release.exitCode", "Session.tokenId");

    @Test
    void eachPermissionIsThereWithItsRoleAndScope() {
        Map<String, List<String>> said = Checkout.table(DOCUMENT, "What a permission takes").stream()
                .collect(Collectors.toMap(row -> row.getFirst().replace("`", ""), Function.identity()));
        assertThat(said.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(Permission.values()).map(Permission::name).toList());
        for (Permission permission : Permission.values()) {
            List<String> row = said.get(permission.name());
            if (permission.isOfOrganization()) {
                assertThat(row.get(1))
                        .as("role for " + permission)
                        .startsWith(permission.role().word());
                assertThat(row.get(2))
                        .as("scope for " + permission)
                        .startsWith(permission.scope().word());
            }
            assertThat(row.get(2).contains("not limited to a service"))
                    .as("whether " + permission + " is wider than a service")
                    .isEqualTo(permission.isWiderThanAService() && permission != Permission.IN_PERSON);
        }
    }

    @Test
    void eachAddressIsThereWithWhatItNeeds() {
        Map<String, String> said = new TreeMap<>();
        Checkout.table(DOCUMENT, "The addresses")
                .forEach(row -> said.put(row.get(0).replace("`", ""), row.get(1).replace("`", "")));
        Map<String, String> declared = new TreeMap<>();
        TestApi.bean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
                .getHandlerMethods()
                .forEach((mapping, handler) -> {
                    if (handler.hasMethodAnnotation(Operation.class)
                            && handler.getBeanType().getPackageName().startsWith("dev.berth")) {
                        mapping.getMethodsCondition()
                                .getMethods()
                                .forEach(method -> mapping.getPatternValues()
                                        .forEach(path -> declared.put(method + " " + path, need(handler))));
                    }
                });
        assertThat(said).isEqualTo(declared);
    }

    private static String need(HandlerMethod handler) {
        return Objects.requireNonNull(handler.getMethodAnnotation(Needs.class))
                .value()
                .name();
    }

    /** OWASP ASVS 5.0, 8.1.2. */
    @Test
    void eachFieldThatIsASecretOrARightHasItsRules() {
        JsonNode schemas =
                Contract.JSON.readTree(Checkout.read("api/openapi.json")).at("/components/schemas");
        Set<String> all = new TreeSet<>();
        schemas.properties()
                .forEach(schema -> StreamSupport.stream(
                                schema.getValue()
                                        .path("properties")
                                        .propertyNames()
                                        .spliterator(),
                                false)
                        .map(field -> schema.getKey() + "." + field)
                        .forEach(all::add));
        Set<String> said = Checkout.table(DOCUMENT, "Fields with rules of their own").stream()
                .flatMap(row -> Pattern.compile("`([A-Za-z]+\\.[A-Za-z]+)`")
                        .matcher(row.getFirst())
                        .results()
                        .map(found -> found.group(1)))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(all).as("a field that is written about exists").containsAll(said);
        Set<String> delicate = all.stream()
                .filter(field ->
                        DELICATE.matcher(field.substring(field.indexOf('.'))).matches())
                .filter(field -> !HARMLESS.contains(field))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(said).as("a delicate field is written about").containsAll(delicate);
    }
}
