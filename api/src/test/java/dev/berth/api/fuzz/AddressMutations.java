package dev.berth.api.fuzz;

import dev.berth.api.contract.Contract.Endpoint;
import dev.berth.api.contract.Contract.Param;
import dev.berth.api.contract.Exchange;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;

/** Breaks an address, its query or the headers. */
final class AddressMutations {
    private static final List<String> NO_IDS = List.of(
            "x",
            "1",
            "null",
            "%20",
            "%00",
            "%C0%80",
            "%ff",
            "%zz",
            "..",
            "..%2f..",
            "%2e%2e",
            "*",
            "{}",
            "'",
            "1-1-1-1-1",
            "00000000-0000-0000-0000-00000000000g",
            "x".repeat(3_000),
            "%F0%9F%92%A3",
            "a;b=c",
            "a%3Bb");

    private AddressMutations() {}

    static List<Mutation> of(Endpoint endpoint, Exchange exchange, RandomGenerator random) {
        List<Mutation> mutations = new ArrayList<>();
        endpoint.in("path").forEach(param -> path(param.name(), exchange, mutations));
        endpoint.in("query").forEach(param -> query(param, exchange, random, mutations));
        endpoint.in("header").forEach(param -> header(param, exchange, mutations));
        mutations.add(Mutation.survives("unknown parameter", exchange.withQuery("zzz", "1")));
        for (String query :
                List.of("%", "%zz=1", "=", "&&&", "a=%ff", "a=%C0%80", "%00=1", "[]=1", "a=" + "x".repeat(3_000))) {
            mutations.add(Mutation.survives("query " + query, exchange.withQuery(List.of(query))));
        }
        headers(exchange, mutations);
        return mutations;
    }

    private static void path(String name, Exchange exchange, List<Mutation> mutations) {
        for (String id : NO_IDS) {
            mutations.add(Mutation.refused("path " + name, exchange.withPath(Map.of(name, id))));
        }
        String unknown = UUID.randomUUID().toString();
        mutations.add(Mutation.refused("path " + name + " unknown", exchange.withPath(Map.of(name, unknown))));
        String given = exchange.path().get(name);
        mutations.add(Mutation.refused("path " + name + " and more", exchange.withPath(Map.of(name, given + "0"))));
        mutations.add(Mutation.survives(
                "path " + name + " in capitals", exchange.withPath(Map.of(name, given.toUpperCase(Locale.ROOT)))));
    }

    private static void query(Param param, Exchange exchange, RandomGenerator random, List<Mutation> mutations) {
        String name = param.name();
        JsonNode schema = param.schema();
        List<String> bad = new ArrayList<>();
        List<String> odd = new ArrayList<>(List.of(" ", "\u202e", "'; drop table users; --", "%", "x".repeat(2_000)));
        boolean whole = schema.path("type").asString("").equals("integer");
        if (whole) {
            bad.addAll(List.of("x", "", "1.5", "1e3", "99999999999999999999", "-1", "0x10", "NaN"));
            odd.addAll(List.of("+1", "٣", "007"));
        }
        if (schema.has("maximum")) {
            bad.add(schema.get("maximum")
                    .decimalValue()
                    .add(java.math.BigDecimal.ONE)
                    .toPlainString());
        }
        if (schema.has("enum")) {
            bad.addAll(List.of("x", schema.get("enum").get(0).asString().toUpperCase(Locale.ROOT)));
            odd.add("");
        }
        if (name.equals("cursor")) {
            byte[] noise = new byte[28];
            random.nextBytes(noise);
            odd.add(Base64.getUrlEncoder().withoutPadding().encodeToString(noise));
            bad.addAll(List.of("x", "", "AAAA", "====", "\u0000", "A".repeat(5_000), "null"));
        }
        if (schema.path("format").asString("").equals("uuid")
                || schema.path("format").asString("").equals("date-time")) {
            bad.addAll(List.of("x", "1", "null"));
        }
        bad.forEach(value ->
                mutations.add(Mutation.refusedAt(name, "is '" + value + "'", exchange.withQuery(name, value))));
        odd.forEach(value ->
                mutations.add(Mutation.survives(name + " is '" + value + "'", exchange.withQuery(name, value))));
        mutations.add(Mutation.refused(name + " with NUL", exchange.withQuery(name, "a\u0000b")));
        mutations.add(Mutation.refused(name + " undecodable", exchange.withQuery(List.of(name + "=%ff%fe"))));
        mutations.add(
                Mutation.survives(name + " twice", exchange.withQuery(name, "1").withQuery(name, "2")));
        mutations.add(Mutation.survives(name + " without =", exchange.withQuery(List.of(name))));
    }

    private static void header(Param param, Exchange exchange, List<Mutation> mutations) {
        boolean number = param.name().equals("Last-Event-ID");
        for (String value : List.of("x", "-1", "99999999999999999999", "1.5", "\u00ff")) {
            Exchange broken = exchange.withHeader(param.name(), value);
            mutations.add(
                    number
                            ? Mutation.refusedAt(param.name(), "is '" + value + "'", broken)
                            : Mutation.survives(param.name() + " is '" + value + "'", broken));
        }
    }

    private static void headers(Exchange exchange, List<Mutation> mutations) {
        Map.of(
                        "Idempotency-Key",
                                List.of("", " ", "x".repeat(300), "\u0001", "\u00e9", "a\tb", "\"q\"", "a,b"),
                        "If-Match",
                                List.of(
                                        "",
                                        "\"",
                                        "W/\"1\"",
                                        "*",
                                        "\"1\", \"2\"",
                                        "x",
                                        "\"99999999999999999999\"",
                                        "\u00ff"),
                        "X-Berth-Org",
                                List.of(
                                        "",
                                        "x",
                                        "x".repeat(3_000),
                                        "'",
                                        "00000000-0000-0000-0000-000000000000",
                                        "\u00ff"),
                        "Last-Event-ID", List.of("", "x"),
                        "X-Berth-Request", List.of("", "other", "CONSOLE"),
                        "Accept", List.of("nonsense", "application/xml", "*/*;q=x", ""),
                        "Accept-Language", List.of("xx-\u00ff", "*"),
                        "Cookie", List.of("berth_session", "berth_session=", "=; ;", "berth_session=\"x"),
                        "X-Forwarded-For", List.of("x", "::1, '", "999.0.0.1"),
                        "X-Forwarded-Host", List.of("evil.example", "\u00ff"))
                .forEach((name, values) -> values.forEach(value ->
                        mutations.add(Mutation.survives(name + " '" + value + "'", exchange.withHeader(name, value)))));
        mutations.add(Mutation.refused("a huge header", exchange.withHeader("X-Huge", "x".repeat(40_000))));
    }
}
