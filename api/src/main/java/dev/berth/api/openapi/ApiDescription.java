package dev.berth.api.openapi;

import dev.berth.api.http.PageRequest;
import dev.berth.api.http.Problem;
import dev.berth.store.Caller;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.core.converter.ResolvedSchema;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

/** Completes the OpenAPI document with what holds for every operation: sign-in, problems, pages, nullable fields. */
@Configuration(proxyBeanMethods = false)
class ApiDescription {
    static {
        SpringDocUtils.getConfig().addRequestWrapperToIgnore(Caller.class, PageRequest.class);
    }

    @Bean
    RecordSchemas recordSchemas() {
        return new RecordSchemas();
    }

    @Bean
    OpenAPI frame() {
        return new OpenAPI()
                .info(new Info()
                        .title("Berth")
                        .version("1")
                        .description("Turns a Git repository into a running, routed, metered service.")
                        .license(new License().name("Apache-2.0").identifier("Apache-2.0")))
                .servers(List.of(new Server().url("/")))
                .components(
                        new Components()
                                .addSecuritySchemes(
                                        "token",
                                        new SecurityScheme()
                                                .type(SecurityScheme.Type.HTTP)
                                                .scheme("bearer")
                                                .description("An API token, berth_…"))
                                .addSecuritySchemes(
                                        "console",
                                        new SecurityScheme()
                                                .type(SecurityScheme.Type.APIKEY)
                                                .in(SecurityScheme.In.COOKIE)
                                                .name("berth_session")
                                                .description(
                                                        "Set by createSession. Requests that change something also need X-Berth-Request: console.")))
                .security(List.of(
                        new SecurityRequirement().addList("token"), new SecurityRequirement().addList("console")));
    }

    /** Operations that take a page get its two parameters; those that start work say where to ask after it. */
    @Bean
    OperationCustomizer perOperation() {
        return (operation, handler) -> {
            boolean paged = Arrays.stream(handler.getMethodParameters())
                    .anyMatch(parameter -> parameter.getParameterType() == PageRequest.class);
            if (paged) {
                operation
                        .addParametersItem(query(
                                "limit",
                                "Rows of a page",
                                bounded(new IntegerSchema()._default(50), 1, PageRequest.MOST)))
                        .addParametersItem(query("cursor", "nextCursor of the page before", new StringSchema()));
            }
            return operation;
        };
    }

    private static Schema<?> bounded(Schema<?> schema, int least, int most) {
        return schema.minimum(BigDecimal.valueOf(least)).maximum(BigDecimal.valueOf(most));
    }

    private static Parameter query(String name, String description, Schema<?> schema) {
        return new Parameter().in("query").name(name).description(description).schema(schema);
    }

    @Bean
    OpenApiCustomizer whole(RecordSchemas records) {
        return api -> {
            ResolvedSchema problem = ModelConverters.getInstance(true).readAllAsResolvedSchema(Problem.class);
            problem.referencedSchemas.forEach(api.getComponents()::addSchemas);
            records.note("Problem", Problem.class);
            api.getComponents().getSchemas().forEach(ApiDescription::closeRequest);
            records.complete(api.getComponents().getSchemas());
            api.getComponents().getSchemas().values().forEach(ApiDescription::lowerCaseEnums);
            api.getPaths()
                    .forEach((path, item) -> item.readOperationsMap()
                            .forEach((method, operation) -> complete(path, method.name(), operation)));
        };
    }

    private static void complete(String path, String method, Operation operation) {
        Optional.ofNullable(operation.getParameters()).orElse(List.of()).stream()
                .map(Parameter::getSchema)
                .forEach(ApiDescription::lowerCaseEnums);
        acceptWhereStarted(operation);
        List<String> problems = new ArrayList<>(List.of("500", "503"));
        if (operation.getRequestBody() != null) {
            problems.addAll(List.of("400", "413", "415"));
        }
        if (operation.getParameters() != null
                && operation.getParameters().stream()
                        .anyMatch(parameter -> !parameter.getIn().equals("path"))) {
            problems.add("400");
        }
        if (operation.getSecurity() == null || !operation.getSecurity().isEmpty()) {
            problems.addAll(List.of("401", "403"));
        }
        if (!path.equals("/api/health")) {
            problems.add("429");
        }
        boolean signedIn =
                operation.getSecurity() == null || !operation.getSecurity().isEmpty();
        if (method.equals("POST") && signedIn) {
            operation.addParametersItem(Conventions.idempotencyKey());
            problems.addAll(List.of("400", "409", "422"));
        }
        if (Conventions.isConditional(operation)) {
            problems.addAll(List.of("412", "428"));
        }
        if (Conventions.isRefusedWithoutRoom(operation)) {
            problems.add("507");
        }
        Conventions.tag(operation);
        if (Set.of("createSession", "finishOidcSignInWithCode").contains(operation.getOperationId())) {
            problems.add("401");
        }
        if (!signedIn && path.contains("-") && !method.equals("GET")
                || path.endsWith("/accept")
                || path.endsWith("/welcome")) {
            // A link that works no more, a policy that lets nobody in, an address that has an account.
            problems.addAll(List.of("403", "404", "409"));
        }
        if (path.equals("/api/sign-in/oidc") || path.equals("/api/sign-in/oidc/callback")) {
            problems.add("404");
        }
        if (path.contains("{")) {
            problems.add("404");
        }
        if (!method.equals("GET") && !path.endsWith("session") && signedIn) {
            problems.add("409");
        }
        problems.forEach(status -> operation.getResponses().addApiResponse(status, problem(Integer.parseInt(status))));
    }

    /** springdoc cannot see the status inside a {@link ResponseEntity}. */
    private static void acceptWhereStarted(Operation operation) {
        ApiResponse ok = operation.getResponses().get("200");
        String status = switch (operation.getOperationId()) {
            case "createService", "createToken", "createInvitation", "createOrganization" -> "201";
            case "deployService",
                    "rebuildService",
                    "restartService",
                    "startService",
                    "stopService",
                    "scaleService",
                    "rollBackService",
                    "cancelService",
                    "promoteDeployment",
                    "abortDeployment",
                    "approveDeployment",
                    "rejectDeployment",
                    "deleteService" -> "202";
            case "createSession",
                    "deleteSession",
                    "changePassword",
                    "endMySession",
                    "endMyOtherSessions",
                    "removeTotp",
                    "revokeToken",
                    "deleteOrganization",
                    "removeMember",
                    "leaveOrganization",
                    "revokeInvitation",
                    "putGrant",
                    "deleteGrant",
                    "completeSignUp",
                    "completePasswordReset",
                    "welcomeFirstAdmin",
                    "acceptInvitation" -> "204";
            case "signUp", "resetPassword" -> "202 without a body";
            case "startOidcSignIn", "finishOidcSignIn" -> "302";
            default -> "200";
        };
        if (ok == null || status.equals("200")) {
            return;
        }
        operation.getResponses().remove("200");
        ApiResponse answer = new ApiResponse();
        switch (status) {
            case "201" ->
                answer.description("Created").content(ok.getContent()).addHeaderObject("Location", location());
            case "202" ->
                answer.description("Accepted: the operation is queued")
                        .content(ok.getContent())
                        .addHeaderObject("Location", location());
            case "202 without a body" -> answer.description("A letter follows, if there is anybody to write to");
            case "302" -> answer.description("On to another page").addHeaderObject("Location", location());
            default -> answer.description("Done");
        }
        operation.getResponses().addApiResponse(status.substring(0, 3), answer);
    }

    private static Header location() {
        return new Header().description("Where to ask after it").required(true).schema(new StringSchema());
    }

    private static ApiResponse problem(int status) {
        return new ApiResponse()
                .description(HttpStatus.valueOf(status).getReasonPhrase())
                .content(new Content()
                        .addMediaType(
                                Problem.MEDIA_TYPE,
                                new MediaType().schema(new Schema<>().$ref("#/components/schemas/Problem"))));
    }

    /** Unknown fields are refused, and defaults have their field's type. */
    @SuppressWarnings({"unchecked", "rawtypes"})
    private static void closeRequest(String name, Schema schema) {
        if (!name.endsWith("Request")) {
            return;
        }
        schema.setTypes(Set.of("object"));
        schema.setAdditionalProperties(false);
        Map<String, Schema> properties = schema.getProperties();
        if (properties != null && properties.containsKey("cpuLimit")) {
            Schema cpu = properties.get("cpuLimit");
            Optional.ofNullable(cpu.getDefault()).ifPresent(text -> cpu.setDefault(new BigDecimal(text.toString())));
        }
    }

    /** Enums travel in lower case, see {@link dev.berth.api.http.JsonRules}. */
    @SuppressWarnings({"unchecked", "rawtypes"})
    private static void lowerCaseEnums(Schema schema) {
        List<Object> values = schema.getEnum();
        if (values != null) {
            schema.setEnum(values.stream()
                    .map(value -> value.toString().toLowerCase(Locale.ROOT))
                    .toList());
        }
        Map<String, Schema> properties = schema.getProperties();
        if (properties != null) {
            properties.values().forEach(ApiDescription::lowerCaseEnums);
        }
        if (schema.getItems() != null) {
            lowerCaseEnums(schema.getItems());
        }
        if (schema.getAdditionalProperties() instanceof Schema value) {
            lowerCaseEnums(value);
        }
    }
}
