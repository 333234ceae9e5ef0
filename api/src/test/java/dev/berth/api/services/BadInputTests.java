package dev.berth.api.services;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.TestApi;
import dev.berth.api.TestApi.Answer;
import dev.berth.api.TestApi.Member;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a caller sends, the answer is a problem that names the field, and never a mistake of ours. */
class BadInputTests {
    private static final String SERVICES = "/api/containers/services";
    private static final Member OWNER = TestApi.member("owner");
    private static final String TAKEN = OWNER.service("taken");

    static Stream<Arguments> badServices() {
        return Stream.of(
                Arguments.of("no JSON", "name=x", "[#]"),
                Arguments.of("nothing", "", "[]"),
                Arguments.of("cut off", "{\"name\": \"x\"", "[#/name]"),
                Arguments.of("two objects", good() + good(), "[#]"),
                Arguments.of("a list", "[]", "[#]"),
                Arguments.of("a string", "\"x\"", "[#]"),
                Arguments.of("null", "null", "[#]"),
                Arguments.of("all missing", "{}", "[#/name, #/gitUrl]"),
                Arguments.of("unknown field", with("\"zzz\": 1"), "[#/zzz]"),
                Arguments.of("unknown field of another's", with("\"organizationId\": \"x\""), "[#/organizationId]"),
                Arguments.of("field twice", with("\"name\": \"y\""), "[#/name]"),
                Arguments.of("name as number", with("\"gitBranch\": 5"), "[#/gitBranch]"),
                Arguments.of("name as list", with("\"gitBranch\": [\"main\"]"), "[#/gitBranch]"),
                Arguments.of("number as text", with("\"replicas\": \"2\""), "[#/replicas]"),
                Arguments.of("number as empty text", with("\"replicas\": \"\""), "[#/replicas]"),
                Arguments.of("number as truth", with("\"port\": true"), "[#/port]"),
                Arguments.of("fraction for a whole number", with("\"replicas\": 1.5"), "[#/replicas]"),
                Arguments.of("number too large for its type", with("\"port\": 99999999999999999999"), "[#/port]"),
                Arguments.of("number with a huge exponent", with("\"cpuLimit\": 1e999999999"), "[#/cpuLimit]"),
                Arguments.of("number with a tiny exponent", with("\"cpuLimit\": 1e-999999999"), "[#/cpuLimit]"),
                Arguments.of("number of many digits", with("\"cpuLimit\": " + "9".repeat(5_000)), "[#/cpuLimit]"),
                Arguments.of("not a number", with("\"cpuLimit\": NaN"), "[#/cpuLimit]"),
                Arguments.of("null for a field with a default", with("\"port\": null"), "[#/port]"),
                Arguments.of("null in the environment", with("\"env\": {\"A\": null}"), "[#/env/A]"),
                Arguments.of("number in the environment", with("\"env\": {\"A\": 1}"), "[#/env/A]"),
                Arguments.of("environment as list", with("\"env\": []"), "[#/env]"),
                Arguments.of("environment as text", with("\"env\": \"\""), "[#/env]"),
                Arguments.of("environment name twice", with("\"env\": {\"A\": \"1\", \"A\": \"2\"}"), "[#/env/A]"),
                Arguments.of("environment name with a dash", with("\"env\": {\"a-b/c\": \"1\"}"), "[#/env/a-b~1c]"),
                Arguments.of("environment with NUL", with("\"env\": {\"A\": \"\\u0000\"}"), "[#/env/A]"),
                Arguments.of("environment with half a character", with("\"env\": {\"A\": \"\\ud800\"}"), "[#/env/A]"),
                Arguments.of("environment sets PORT", with("\"env\": {\"PORT\": \"1\"}"), "[#/env/PORT]"),
                Arguments.of("deep nesting", with("\"env\": " + "[".repeat(5_000) + "]".repeat(5_000)), "[#/env/0]"),
                Arguments.of("deep nesting of an unknown", with("\"zzz\": " + "[".repeat(5_000)), "[#/zzz/0]"),
                Arguments.of("template of no characters", with("\"templateId\": \"\""), "[#/templateId]"),
                Arguments.of("template of another shape", with("\"templateId\": \"node\""), "[#/templateId]"),
                Arguments.of(
                        "unknown template",
                        with("\"templateId\": \"%s\"".formatted(UUID.randomUUID())),
                        "[#/templateId]"),
                Arguments.of(
                        "several at once",
                        with("\"port\": 0, \"replicas\": -1, \"slug\": \"A\""),
                        "[#/slug, #/replicas, #/port]"),
                Arguments.of(
                        "blank name", "{\"name\": \" \", \"slug\": \"a\", \"gitUrl\": \"https://h/r\"}", "[#/name]"),
                Arguments.of(
                        "name with half a character",
                        "{\"name\": \"a\\ud800\", \"gitUrl\": \"https://h/r\"}",
                        "[#/name]"),
                Arguments.of("name with NUL", "{\"name\": \"a\\u0000\", \"gitUrl\": \"https://h/r\"}", "[#/name]"),
                Arguments.of(
                        "name that suggests no slug", "{\"name\": \"日本\", \"gitUrl\": \"https://h/r\"}", "[#/slug]"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badServices")
    void aBadServiceIsRefusedAtItsField(String what, String body, String blamed) {
        Answer answer = OWNER.post(SERVICES, body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertIsProblem(answer);
        assertThat(answer.blamed()).as(answer.body()).isEqualTo(blamed);
    }

    @ParameterizedTest
    @CsvSource({
        "slug, A",
        "slug, -a",
        "slug, a-",
        "slug, a--b",
        "slug, ''",
        "slug, a.b",
        "slug, www",
        "slug, 1a",
        "slug, aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "gitUrl, ''",
        "gitUrl, git@host:a/b",
        "gitUrl, ssh://host/a",
        "gitUrl, file:///etc",
        "gitUrl, https://",
        "gitUrl, https://user:secret@host/a",
        "gitUrl, https://secret@host/a",
        "gitUrl, https://host",
        "gitUrl, https://host/",
        "gitUrl, https://host/a?token=x",
        "gitUrl, https://host/a#b",
        "gitUrl, 'https://host/a b'",
        "gitUrl, https://host:99999/a",
        "gitBranch, ''",
        "gitBranch, -x",
        "gitBranch, a..b",
        "gitBranch, 'a b'",
        "gitBranch, a~1",
        "gitBranch, x.lock",
        "gitBranch, @{u}",
        "healthPath, ''",
        "healthPath, x",
        "healthPath, 'http://host/'",
        "healthPath, '/a b'",
        "healthPath, '/a\"b'",
        "healthPath, /%zz"
    })
    void aBadTextIsRefusedAtItsField(String field, String value) {
        String quoted = value.replace("\"", "\\\"");
        String body = field.equals("gitUrl")
                ? "{\"name\": \"x\", \"gitUrl\": \"%s\"}".formatted(quoted)
                : with("\"%s\": \"%s\"".formatted(field, quoted));
        Answer answer = OWNER.post(SERVICES, body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.blamed()).isEqualTo("[#/" + field + "]");
        assertThat(answer.body()).as("A refused value may be a secret").doesNotContain("secret", "token");
    }

    @Test
    void aSlugThatIsTakenIsAConflictAtItsField() {
        Answer answer = OWNER.post(SERVICES, with("\"slug\": \"taken\""));
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.blamed()).isEqualTo("[#/slug]");
    }

    @Test
    void aChangeKnowsNoSlug() {
        Answer answer = OWNER.patch(SERVICES + "/" + TAKEN, "{\"slug\": \"other\"}");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.blamed()).isEqualTo("[#/slug]");
    }

    @Test
    void badUtf8IsRefused() {
        byte[] body = good().getBytes(UTF_8);
        body[good().indexOf("app")] = (byte) 0xff;
        Answer answer = TestApi.send(OWNER.request(SERVICES)
                .POST(BodyPublishers.ofByteArray(body))
                .header("Content-Type", "application/json"));
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertIsProblem(answer);
    }

    @ParameterizedTest
    @CsvSource({
        "limit=0, limit",
        "limit=201, limit",
        "limit=x, limit",
        "limit=99999999999, limit",
        "limit=, limit",
        "cursor=x, cursor",
        "cursor=, cursor",
        "cursor=AAAA, cursor",
        "cursor=%00, cursor",
        "status=RUNNING, status",
        "status=sleeping, status",
        "search=%00, search"
    })
    void aBadQueryIsRefusedAtItsParameter(String query, String parameter) {
        Answer answer = OWNER.get(SERVICES + "?" + query);
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.blamed()).isEqualTo("[" + parameter + "]");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/containers/services/%s",
        "GET, /api/containers/services/%s/builds",
        "GET, /api/containers/services/%s/deployments",
        "POST, /api/containers/services/%s/deploy",
        "POST, /api/containers/services/%s/rebuild",
        "POST, /api/containers/services/%s/rollback",
        "DELETE, /api/containers/services/%s",
        "PATCH, /api/containers/services/%s",
        "GET, /api/containers/operations/%s",
        "GET, /api/templates/%s"
    })
    void whatCannotBeFoundIsNotFoundWhateverItIsCalled(String method, String path) {
        Member stranger = TestApi.member("owner");
        String theirs = stranger.service("theirs");
        for (String id : new String[] {UUID.randomUUID().toString(), theirs, "x", "1", "%20", "..%2f", "null"}) {
            Answer answer = TestApi.send(OWNER.request(path.formatted(id))
                    .method(method, method.equals("GET") ? BodyPublishers.noBody() : BodyPublishers.ofString("{}"))
                    .header("Content-Type", "application/json"));
            assertThat(answer.status()).as(id + ": " + answer.body()).isIn(400, 404);
            if (!id.contains("%2f")) {
                assertThat(answer.status()).isEqualTo(404);
            }
            assertIsProblem(answer);
        }
    }

    static void assertIsProblem(Answer answer) {
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.json().get("status").asInt()).isEqualTo(answer.status());
        assertThat(answer.json().get("type").asString()).startsWith("/problems/");
    }

    private static String good() {
        return "{\"name\": \"An app\", \"gitUrl\": \"https://git.example.org/a/b.git\"}";
    }

    private static String with(String more) {
        return good().substring(0, good().length() - 1) + ", " + more + "}";
    }
}
