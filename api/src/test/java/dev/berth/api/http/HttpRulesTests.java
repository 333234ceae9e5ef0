package dev.berth.api.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.TestApi;
import dev.berth.api.TestApi.Answer;
import dev.berth.api.TestApi.Member;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class HttpRulesTests {
    private static final String SERVICES = "/api/containers/services";
    private static final Member OWNER = TestApi.member("owner");

    @ParameterizedTest
    @CsvSource({"GET", "POST", "PUT", "DELETE"})
    void anUnknownAddressIsNotFound(String method) {
        Answer answer = TestApi.send(OWNER.request("/api/nope").method(method, BodyPublishers.ofString("{}")));
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.json().get("type").asString()).isEqualTo("/problems/not-found");
    }

    @ParameterizedTest
    @CsvSource({
        "PUT, /api/containers/services",
        "POST, /api/me",
        "FOO, /api/me",
        "GET, /api/session",
        "DELETE, /api/templates"
    })
    void anUnknownMethodIsToldTheKnownOnes(String method, String path) {
        Answer answer = TestApi.send(OWNER.request(path).method(method, BodyPublishers.noBody()));
        assertThat(answer.status()).as(answer.body()).isEqualTo(405);
        assertThat(answer.header("Allow")).isNotEmpty();
        assertThat(answer.json().get("status").asInt()).isEqualTo(405);
    }

    @ParameterizedTest
    @CsvSource({
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data;boundary=x",
        "nonsense",
        "application/xml"
    })
    void aBodyThatIsNotJsonIsRefused(String type) {
        Answer answer = TestApi.send(
                OWNER.request(SERVICES).POST(BodyPublishers.ofString("{}")).header("Content-Type", type));
        assertThat(answer.status()).as(answer.body()).isEqualTo(415);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    }

    @ParameterizedTest
    @CsvSource({"application/xml, 406", "image/png, 406", "nonsense, 406", "*/*, 200", "application/json, 200"})
    void anAnswerHasAFormThatTheCallerReads(String accept, int status) {
        Answer answer = TestApi.send(OWNER.request(SERVICES).header("Accept", accept));
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    }

    @Test
    void aLargeBodyIsRefusedWhetherItsLengthIsAnnouncedOrNot() {
        byte[] body = ("{\"name\": \"" + "x".repeat(BodyLimit.BYTES)).getBytes(US_ASCII);
        Answer announced = TestApi.send(OWNER.request(SERVICES)
                .POST(BodyPublishers.ofByteArray(body))
                .header("Content-Type", "application/json"));
        Answer chunked = TestApi.send(OWNER.request(SERVICES)
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)))
                .header("Content-Type", "application/json"));
        assertThat(announced.status()).isEqualTo(413);
        assertThat(chunked.status()).isEqualTo(413);
        assertThat(chunked.json().get("type").asString()).isEqualTo("/problems/too-large");
        for (Answer answer : new Answer[] {announced, chunked}) {
            assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(answer.header("Cache-Control")).contains("no-store");
        }
    }

    static Stream<Arguments> monsters() {
        return Stream.of(
                Arguments.of("arrays", "{\"name\": " + "[".repeat(5_000) + "]".repeat(5_000) + "}"),
                Arguments.of("objects", "{\"env\":".repeat(5_000) + "{}" + "}".repeat(5_000)),
                Arguments.of("a number", "{\"port\": " + "9".repeat(5_000) + "}"),
                Arguments.of("a name", "{\"" + "n".repeat(60_000) + "\": 1}"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("monsters")
    void aBodyThatIsDeepOrHasHugePartsIsRefusedWithoutRepeatingIt(String what, String body) {
        Answer answer = OWNER.post(SERVICES, body);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.body()).hasSizeLessThan(1_000);
        assertThat(OWNER.post(SERVICES, "key", body).status()).isEqualTo(400);
    }

    @Test
    void anUnknownFieldIsRefusedAtItsPlace() {
        Answer answer = OWNER.post(SERVICES, "{\"name\": \"a\", \"gitUrl\": \"https://h/r\", \"colour\": 1}");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.blamed()).isEqualTo("[#/colour]");
    }

    @ParameterizedTest
    @CsvSource({"POST", "PATCH", "DELETE"})
    void noPageOfAnotherSiteIsLetInByAPreflight(String method) {
        Answer answer = TestApi.send(TestApi.request(SERVICES)
                .method("OPTIONS", BodyPublishers.noBody())
                .header("Origin", "https://evil.example")
                .header("Access-Control-Request-Method", method));
        assertThat(answer.response().headers().map().keySet())
                .noneMatch(name -> name.toLowerCase(Locale.ROOT).startsWith("access-control-allow"));
    }

    @Test
    void aQueryThatCannotBeDecodedIsRefused() {
        Answer answer = OWNER.get(SERVICES + "?search=%C0%80&limit=%FF");
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
    }

    @Test
    void healthNeedsNoToken() {
        Answer answer = TestApi.send(TestApi.request("/api/health"));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"status\":\"up\"}");
    }

    @Test
    void nothingOfTheMachineryIsExposed() {
        // Such an address is a page of the console where there is one, and nothing where there is none.
        for (String path :
                new String[] {"/actuator", "/actuator/env", "/actuator/health", "/v3/api-docs", "/swagger-ui"}) {
            Answer answer = OWNER.get(path);
            assertThat(answer.header("Content-Type")).as(path).isIn("text/html", "application/problem+json");
        }
        assertThat(OWNER.get("/error").body()).doesNotContain("trace");
    }
}
