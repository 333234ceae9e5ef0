package dev.berth.api.people;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.TestApi;
import dev.berth.api.TestApi.Answer;
import java.io.IOException;
import java.net.Socket;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What changes where people come by https; OWASP ASVS 5.0, 3.3 and 3.4.1. */
class HttpsTests {
    private static final String HSTS = "Strict-Transport-Security";
    private static final String YEAR = "max-age=31536000; includeSubDomains";

    @Test
    void eachCookieIsTheHostsOwnAndTravelsEncryptedOnly() {
        Answer session = new Visitor().signIn(Browser.account().email());
        Answer issuer = new Visitor().get("/api/sign-in/oidc");
        assertThat(cookies(session))
                .singleElement()
                .satisfies(cookie -> assertThat(cookie)
                        .startsWith("__Host-berth_session=")
                        .contains("; Secure", "; HttpOnly", "; SameSite=Strict", "; Path=/;")
                        .doesNotContainIgnoringCase("domain"));
        assertThat(cookies(issuer))
                .singleElement()
                .satisfies(cookie -> assertThat(cookie)
                        .startsWith("__Host-berth_oidc=")
                        .contains("; Secure", "; HttpOnly", "; SameSite=Lax", "; Path=/;")
                        .doesNotContainIgnoringCase("domain"));
    }

    @Test
    void aCookieThatANeighbourCouldHaveSetIsNone() {
        String value = cookies(new Visitor().signIn(Browser.account().email()))
                .getFirst()
                .replaceFirst(";.*", "")
                .replaceFirst("^[^=]*=", "");
        assertThat(me("__Host-berth_session=" + value).status()).isEqualTo(200);
        assertThat(me("berth_session=" + value).status()).isEqualTo(401);
    }

    private static Answer me(String cookie) {
        return TestApi.send(StrictPlatform.request("/api/me").header("Cookie", cookie));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/health",
                "/api/me",
                "/api/nope",
                "/",
                "/sign-in",
                "/assets/none.js",
                "/api/%2e%2e/x",
                "/a//b"
            })
    void eachAnswerSaysThatThisHostIsAskedByHttpsOnly(String path) {
        Answer answer = TestApi.send(StrictPlatform.request(path));
        assertThat(answer.response().headers().allValues(HSTS))
                .as("status " + answer.status())
                .containsExactly(YEAR);
    }

    @Test
    void soDoesWhatTheContainerAnswersByItself() throws IOException {
        try (Socket socket = new Socket("localhost", StrictPlatform.port())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream()
                    .write("GET /api/\\x HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n".getBytes(US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), US_ASCII);
            assertThat(answer).startsWith("HTTP/1.1 400").contains(HSTS + ": " + YEAR);
        }
    }

    @Test
    void aPlatformWithoutHttpsDoesNotSaySo() {
        Answer answer = TestApi.send(TestApi.request("/api/health"));
        assertThat(answer.header(HSTS)).isEmpty();
    }

    private static List<String> cookies(Answer answer) {
        return answer.response().headers().allValues("Set-Cookie");
    }
}
