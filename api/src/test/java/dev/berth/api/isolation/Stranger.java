package dev.berth.api.isolation;

import dev.berth.api.contract.Answer;
import dev.berth.api.contract.Contract;
import dev.berth.api.contract.Contract.Endpoint;
import dev.berth.api.contract.Contract.Param;
import dev.berth.api.contract.Exchange;
import dev.berth.api.contract.Samples;
import dev.berth.api.contract.World;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import tools.jackson.databind.node.ObjectNode;

/**
 * Puts ids of another organisation wherever an operation takes one (path, body, header), each alone and all together, and
 * compares the answer with the one for ids that name nothing.
 */
final class Stranger {
    private static final String UNKNOWN = "unknown";

    private final Samples samples;
    private final Endpoint endpoint;
    private final World theirs;
    private final World own;
    private final Map<String, String> credentials;

    Stranger(Samples samples, Endpoint endpoint, World theirs, World own, Map<String, String> credentials) {
        this.samples = samples;
        this.endpoint = endpoint;
        this.theirs = theirs;
        this.own = own;
        this.credentials = credentials;
    }

    /** What a question is narrowed to: by the parameter's name, the kind of thing that it names. */
    private static final Map<String, String> ASKED =
            Map.of("actor", "userId", "subject", "serviceId", "operation", "operationId");

    /** @param ids the names of the ids that are another organisation's */
    record Attempt(List<String> ids, Exchange theirs, Exchange unknown) {}

    /** One sentence for each answer that differs from the one for an unknown id. */
    List<String> mistakes(Counter counter) {
        List<String> mistakes = new ArrayList<>();
        for (Attempt attempt : attempts()) {
            Answer answer = counter.sent(attempt.theirs());
            Answer unknown = counter.sent(attempt.unknown());
            String what = " for their " + attempt.ids() + ": " + attempt.theirs();
            if (!shape(answer).equals(shape(unknown))) {
                mistakes.add(
                        "answers otherwise than for an unknown id" + what + "\n      " + answer + "\n      " + unknown);
            }
            if (attempt.ids().getFirst().startsWith("query ")) {
                continue;
            }
            if (answer.status() < 400 || answer.status() >= 500) {
                mistakes.add("is no refusal" + what + "\n      " + answer);
            }
            if (!attempt.ids().getFirst().startsWith("body ") && answer.status() != 404 && answer.status() != 403) {
                mistakes.add("is no 404" + what + "\n      " + answer);
            }
        }
        return mistakes;
    }

    List<Attempt> attempts() {
        List<Attempt> attempts = new ArrayList<>();
        List<String> inPath =
                endpoint.in("path").map(Param::name).filter(Stranger::isTenants).toList();
        for (int subset = 1; subset < 1 << inPath.size(); subset++) {
            List<String> chosen = new ArrayList<>();
            for (int i = 0; i < inPath.size(); i++) {
                if ((subset >> i & 1) == 1) {
                    chosen.add(inPath.get(i));
                }
            }
            attempts.add(new Attempt(chosen, path(chosen, true), path(chosen, false)));
        }
        inBody().forEach(field ->
                attempts.add(new Attempt(List.of("body " + field), body(field, true), body(field, false))));
        endpoint.in("query")
                .map(Param::name)
                .filter(ASKED::containsKey)
                .forEach(param ->
                        attempts.add(new Attempt(List.of("query " + param), query(param, true), query(param, false))));
        return attempts;
    }

    private Exchange query(String param, boolean known) {
        UUID id = known ? theirs.id(Objects.requireNonNull(ASKED.get(param))) : UUID.randomUUID();
        return mine().withQuery(param, id.toString());
    }

    private List<String> inBody() {
        return endpoint.body()
                .map(body -> body.schema().path("properties").properties().stream()
                        .filter(field ->
                                field.getValue().path("format").asString("").equals("uuid"))
                        .map(Map.Entry::getKey)
                        .filter(Stranger::isTenants)
                        .toList())
                .orElse(List.of());
    }

    /** Templates are everybody's. */
    private static boolean isTenants(String name) {
        return name.endsWith("Id") && !name.equals("templateId");
    }

    private Exchange mine() {
        return samples.of(endpoint, own).withHeaders(credentials);
    }

    private Exchange path(List<String> names, boolean known) {
        Map<String, String> ids = new LinkedHashMap<>();
        names.forEach(name -> ids.put(
                name, known ? theirs.id(name).toString() : UUID.randomUUID().toString()));
        return mine().withPath(ids);
    }

    private Exchange body(String field, boolean known) {
        ObjectNode body = samples.body(endpoint, own);
        body.put(field, known ? theirs.id(field).toString() : UUID.randomUUID().toString());
        return mine().withBody(Contract.JSON.writeValueAsBytes(body));
    }

    /** Status, headers and body, without what differs between any two answers. */
    private static Map<String, String> shape(Answer answer) {
        Map<String, String> shape = new LinkedHashMap<>();
        shape.put("status", Integer.toString(answer.status()));
        answer.headers().keySet().forEach(name -> shape.put(name, ""));
        shape.put("content-type", answer.header("content-type"));
        UnaryOperator<String> blank =
                text -> text.replaceAll("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", "{id}");
        shape.put("body", Optional.of(answer.body()).map(blank).orElse(UNKNOWN));
        return shape;
    }
}
