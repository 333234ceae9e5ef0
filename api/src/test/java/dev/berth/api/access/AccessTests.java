package dev.berth.api.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.TestApi;
import dev.berth.api.TestApi.Answer;
import dev.berth.api.TestApi.Member;
import dev.berth.store.Tenancy;
import dev.berth.store.Tokens;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessTests {
    private static final String SERVICES = "/api/containers/services";
    private static final Member OWNER = TestApi.member("owner");

    @Test
    void aTokenSaysWhoItSpeaksFor() {
        Answer me = OWNER.get("/api/me");
        assertThat(me.status()).isEqualTo(200);
        assertThat(me.json().at("/organization/id").asString())
                .isEqualTo(OWNER.organization().toString());
        assertThat(me.json().get("userId").asString()).isEqualTo(OWNER.user().toString());
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/me",
        "GET, /api/containers/services",
        "POST, /api/containers/services",
        "GET, /api/templates",
        "DELETE, /api/containers/services/01900000-0000-7000-8000-000000000001",
        "GET, /api/nope",
        "OPTIONS, /api/me"
    })
    void nothingIsAnsweredWithoutAToken(String method, String path) {
        Answer answer = TestApi.send(TestApi.request(path).method(method, BodyPublishers.noBody()));
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("WWW-Authenticate")).startsWith("Bearer");
        assertThat(answer.json().get("type").asString()).isEqualTo("/problems/unauthenticated");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer x",
                "Bearer berth_0123456789012345678901234567890123456789",
                "Bearer ",
                "Bearer berth_'; drop table users; --",
                "Basic dXNlcjpwYXNz",
                "x"
            })
    void aTokenThatIsNotValidIsRefused(String header) {
        Answer answer = TestApi.send(TestApi.request("/api/me").header("Authorization", header));
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("WWW-Authenticate")).contains("invalid_token");
    }

    @Test
    void aRevokedTokenEndsAtOnce() {
        Member member = TestApi.member("owner");
        assertThat(member.get("/api/me").status()).isEqualTo(200);
        Tokens tokens = new Tokens(TestApi.DATABASE.dataSource());
        new Tenancy(TestApi.DATABASE.dataSource())
                .asPlatform("test", () -> tokens.revoke(member.organization(), member.tokenId()));
        assertThat(member.get("/api/me").status()).isEqualTo(401);
    }

    @Test
    void aViewerSeesAndDoesNotChange() {
        String service = OWNER.service("seen");
        Member viewer = TestApi.member(OWNER.organization(), "viewer");
        assertThat(viewer.get(SERVICES + "/" + service).status()).isEqualTo(200);
        assertThat(viewer.patch(SERVICES + "/" + service, "{\"name\": \"x\"}").status())
                .isEqualTo(403);
        assertThat(viewer.post(SERVICES + "/" + service + "/deploy", "{}").status())
                .isEqualTo(403);
        assertThat(viewer.delete(SERVICES + "/" + service).status()).isEqualTo(403);
    }

    @Test
    void anotherOrganisationsThingsDoNotExist() {
        Member stranger = TestApi.member("owner");
        String service = OWNER.service("hidden");
        Answer accepted = OWNER.post(SERVICES + "/" + service + "/deploy", "{}");
        String deployment = accepted.json().get("deploymentId").asString();
        String build = OWNER.get(SERVICES + "/" + service + "/builds")
                .json()
                .at("/items/0/id")
                .asString();
        for (String path : new String[] {
            SERVICES + "/" + service,
            SERVICES + "/" + service + "/deployments",
            SERVICES + "/" + service + "/deployments/" + deployment,
            SERVICES + "/" + service + "/builds",
            SERVICES + "/" + service + "/builds/" + build,
            SERVICES + "/" + service + "/builds/" + build + "/log",
            SERVICES + "/" + service + "/builds/" + build + "/log/stream",
            "/api/containers/operations/" + accepted.json().get("operationId").asString()
        }) {
            Answer answer = stranger.get(path);
            assertThat(answer.status()).as(path).isEqualTo(404);
            assertThat(answer.body()).doesNotContain(service);
        }
        String own = stranger.service("own");
        assertThat(stranger.get(SERVICES + "/" + own + "/deployments/" + deployment)
                        .status())
                .isEqualTo(404);
        assertThat(stranger.get(SERVICES + "/" + own + "/builds/" + build).status())
                .isEqualTo(404);
        Answer rollBack =
                stranger.post(SERVICES + "/" + own + "/rollback", "{\"deploymentId\": \"" + deployment + "\"}");
        assertThat(rollBack.status()).isEqualTo(400);
        assertThat(rollBack.blamed()).isEqualTo("[#/deploymentId]");
    }

    @Test
    void theConsoleSignsInAndOutByCookie() {
        Answer signedIn = post("/api/session", "{\"token\": \"" + OWNER.token() + "\"}");
        assertThat(signedIn.status()).isEqualTo(204);
        String cookie = signedIn.header("Set-Cookie");
        assertThat(cookie).contains("HttpOnly", "SameSite=Strict", "Path=/").doesNotContain("Domain");
        String pair = cookie.substring(0, cookie.indexOf(';'));

        assertThat(TestApi.send(TestApi.request("/api/me").header("Cookie", pair))
                        .status())
                .isEqualTo(200);
        HttpRequest.Builder create = TestApi.request(SERVICES)
                .POST(BodyPublishers.ofString("{\"name\": \"By cookie\", \"gitUrl\": \"https://h/r\"}"))
                .header("Content-Type", "application/json")
                .header("Cookie", pair);
        assertThat(TestApi.send(create).status())
                .as("Another site's form can make a browser send this much")
                .isEqualTo(403);
        assertThat(TestApi.send(create.header("X-Berth-Request", "console")).status())
                .isEqualTo(201);

        Answer signedOut = TestApi.send(TestApi.request("/api/session").DELETE().header("Cookie", pair));
        assertThat(signedOut.status()).isEqualTo(204);
        assertThat(signedOut.header("Set-Cookie")).contains("berth_session=;", "Max-Age=0");
    }

    @ParameterizedTest
    @CsvSource({"'{}', 400", "'{\"token\": 1}', 400", "'{\"token\": \"x\"}', 401", "'{\"token\": \"\"}', 401"})
    void aBadSignInIsRefused(String body, int status) {
        assertThat(post("/api/session", body).status()).isEqualTo(status);
    }

    @Test
    void everyAnswerCarriesTheSecurityHeaders() {
        for (Answer answer : new Answer[] {
            OWNER.get("/api/me"), TestApi.send(TestApi.request("/api/me")), OWNER.get("/api/nope"), OWNER.get("/")
        }) {
            assertThat(answer.header("Content-Security-Policy"))
                    .contains("default-src 'self'", "frame-ancestors 'none'")
                    .doesNotContain("script-src", "unsafe-eval");
            assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
            assertThat(answer.header("X-Frame-Options")).isEqualTo("DENY");
            assertThat(answer.header("Cross-Origin-Resource-Policy")).isEqualTo("same-origin");
        }
        assertThat(OWNER.get("/api/me").header("Cache-Control")).contains("no-store");
    }

    @Test
    void otherOriginsGetNoLeave() {
        Answer answer = TestApi.send(OWNER.request("/api/me").header("Origin", "https://evil.example"));
        assertThat(answer.header("Access-Control-Allow-Origin")).isEmpty();
    }

    @Test
    void traceIsOff() throws IOException {
        assertThat(raw("TRACE /api/me HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 405")
                .contains("application/problem+json");
    }

    @Test
    void evenABrokenRequestLineIsAnsweredWithAProblem() throws IOException {
        assertThat(raw("GET /a|b<> HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 400")
                .contains("application/problem+json")
                .doesNotContain("Tomcat");
    }

    private static Answer post(String path, String body) {
        return TestApi.send(
                TestApi.request(path).POST(BodyPublishers.ofString(body)).header("Content-Type", "application/json"));
    }

    private static String raw(String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", TestApi.port())) {
            socket.setSoTimeout(5_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
