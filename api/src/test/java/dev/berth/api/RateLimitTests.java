package dev.berth.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.TestApi.Answer;
import dev.berth.api.TestApi.Member;
import java.net.URI;
import java.net.http.HttpRequest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** A process of its own, with limits that are reached at once. */
class RateLimitTests {
    private static final ConfigurableApplicationContext STRICT =
            TestApi.start(TestApi.DATABASE.url(), "--RATE_LIMIT_PER_MINUTE=3", "--RATE_LIMIT_ANONYMOUS_PER_MINUTE=4");
    private static final int PORT =
            ((WebServerApplicationContext) STRICT).getWebServer().getPort();

    @AfterAll
    static void stop() {
        STRICT.close();
    }

    @Test
    void aTokenHasItsAllowanceAndIsToldWhenToComeAgain() {
        Member one = TestApi.member("owner");
        for (int i = 0; i < 3; i++) {
            assertThat(get("/api/me", one.token()).status()).isEqualTo(200);
        }
        Answer refused = get("/api/me", one.token());
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.json().get("type").asString()).isEqualTo("/problems/too-many-requests");
        assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 60);
        assertThat(get("/api/me", TestApi.member("owner").token()).status()).isEqualTo(200);
    }

    @Test
    void anAddressThatGuessesIsSlowedAndWhoIsSignedInThereIsNot() {
        String guess = "berth_" + "x".repeat(40);
        int refused = 0;
        for (int i = 0; i < 10; i++) {
            Answer answer = get("/api/me", guess);
            assertThat(answer.status()).isIn(401, 429);
            refused += answer.status() == 429 ? 1 : 0;
        }
        assertThat(refused).isGreaterThanOrEqualTo(5);
        assertThat(get("/api/openapi.json", "").status()).isIn(401, 429);
        assertThat(get("/api/me", TestApi.member("owner").token()).status()).isEqualTo(200);
    }

    @Test
    void anAddressThatIsWrittenInAnotherWayIsCountedAsWell() {
        Member one = TestApi.member("owner");
        for (int i = 0; i < 3; i++) {
            assertThat(get("/%61pi/me", one.token()).status()).isEqualTo(200);
        }
        assertThat(get("/%61pi/me", one.token()).status()).isEqualTo(429);
        assertThat(get("/api/me", one.token()).status()).isEqualTo(429);
    }

    @Test
    void healthAnswersAlways() {
        for (int i = 0; i < 20; i++) {
            assertThat(get("/api/health", "").status()).isEqualTo(200);
        }
    }

    private static Answer get(String path, String token) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + PORT + path));
        return TestApi.send(token.isEmpty() ? request : request.header("Authorization", "Bearer " + token));
    }
}
