package dev.berth.api.people;

import dev.berth.api.TestApi;
import dev.berth.api.TestApi.Answer;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A person at a browser at the {@link StrictPlatform}: keeps all cookies and calls from an address of their own. */
final class Visitor {
    private static final String SESSION = "__Host-berth_session";

    private final String address = Browser.randomAddress();
    private final Map<String, String> cookies = new TreeMap<>();

    Answer signIn(String email) {
        return post("/api/session", """
                {"email": "%s", "password": "%s"}""".formatted(email, Browser.PASSWORD));
    }

    Answer signIn(String email, String code) {
        return post("/api/session", """
                {"email": "%s", "password": "%s", "code": "%s"}""".formatted(email, Browser.PASSWORD, code));
    }

    boolean isSignedIn() {
        return cookies.containsKey(SESSION);
    }

    Answer get(String path) {
        return send(StrictPlatform.request(path));
    }

    Answer post(String path, String body) {
        return send("POST", path, body);
    }

    Answer send(String method, String path, String body) {
        return send(StrictPlatform.request(path)
                .method(method, BodyPublishers.ofString(body))
                .header("Content-Type", "application/json"));
    }

    Answer send(HttpRequest.Builder request) {
        request.header("X-Berth-Request", "console").header("X-Forwarded-For", address);
        if (!cookies.isEmpty()) {
            request.header(
                    "Cookie",
                    cookies.entrySet().stream()
                            .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                            .collect(Collectors.joining("; ")));
        }
        Answer answer = TestApi.send(request);
        answer.response().headers().allValues("Set-Cookie").forEach(this::keep);
        return answer;
    }

    private void keep(String line) {
        String[] pair = line.substring(0, line.indexOf(';')).split("=", 2);
        if (pair[1].isEmpty()) {
            cookies.remove(pair[0]);
        } else {
            cookies.put(pair[0], pair[1]);
        }
    }
}
