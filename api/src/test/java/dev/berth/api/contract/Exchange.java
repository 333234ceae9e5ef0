package dev.berth.api.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.berth.api.contract.Contract.Endpoint;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * A request that can be sent, and changed in one place before.
 *
 * @param path values of the path's parameters, as they stand in the address
 * @param query name=value, encoded
 */
public record Exchange(
        Endpoint endpoint, Map<String, String> path, List<String> query, Map<String, String> headers, byte[] body) {
    private static final AtomicInteger ADDRESSES = new AtomicInteger();

    public Exchange {
        path = Map.copyOf(path);
        query = List.copyOf(query);
        headers = new LinkedHashMap<>(headers);
        body = body.clone();
    }

    public Exchange withPath(Map<String, String> changes) {
        Map<String, String> changed = new LinkedHashMap<>(path);
        changed.putAll(changes);
        return new Exchange(endpoint, changed, query, headers, body);
    }

    /** Beside what is there, so that a parameter may stand twice. */
    public Exchange withQuery(String name, String value) {
        List<String> more = new ArrayList<>(query);
        more.add(name + "=" + URLEncoder.encode(value, UTF_8));
        return withQuery(more);
    }

    public Exchange withQuery(List<String> pairs) {
        return new Exchange(endpoint, path, pairs, headers, body);
    }

    public Exchange withHeader(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Exchange(endpoint, path, query, more, body);
    }

    public Exchange withHeaders(Map<String, String> more) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.putAll(more);
        return new Exchange(endpoint, path, query, all, body);
    }

    public Exchange withBody(byte[] other) {
        return new Exchange(endpoint, path, query, headers, other);
    }

    public Exchange withBody(String other) {
        return withBody(other.getBytes(UTF_8));
    }

    public String text() {
        return new String(body, UTF_8);
    }

    public String target() {
        String target = endpoint.path();
        for (Map.Entry<String, String> value : path.entrySet()) {
            target = target.replace("{" + value.getKey() + "}", value.getValue());
        }
        return query.isEmpty() ? target : target + query.stream().collect(Collectors.joining("&", "?", ""));
    }

    public Answer send() {
        return send(endpoint.method());
    }

    public Answer send(String method) {
        // Each from an address of its own: how often one address may try to sign in is another test's business.
        Map<String, String> sent = new LinkedHashMap<>(headers);
        int address = ADDRESSES.incrementAndGet();
        sent.putIfAbsent(
                "X-Forwarded-For", "10.%d.%d.%d".formatted(address >> 16 & 255, address >> 8 & 255, address & 255));
        return Wire.send(method, target(), sent, body);
    }

    @Override
    public String toString() {
        String shown = text();
        return endpoint.method() + " " + target() + " "
                + (shown.length() > 400 ? shown.substring(0, 400) + "…" : shown);
    }
}
