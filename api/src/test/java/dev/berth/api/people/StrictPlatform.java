package dev.berth.api.people;

import dev.berth.api.TestApi;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.stream.Stream;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * A second API process beside the usual one, on the same database, as a careful operator sets it up: https, a second factor for
 * everybody, nobody new, an issuer whose words for two factors are known, and a new key.
 */
public final class StrictPlatform {
    private static final ConfigurableApplicationContext PROCESS = TestApi.start(
            TestApi.DATABASE.url(),
            Stream.concat(
                            Stream.of(TestIssuer.settings()),
                            Stream.of(
                                    "--CLIENT_URL=https://berth.test",
                                    "--SECOND_FACTOR=required",
                                    "--SIGN_UP=closed",
                                    "--OIDC_STRONG=mfa",
                                    "--PAYLOAD_KEY=" + key(1),
                                    "--PAYLOAD_KEYS_BEFORE=" + key(0)))
                    .toArray(String[]::new));

    private StrictPlatform() {}

    private static String key(int fill) {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) fill);
        return Base64.getEncoder().encodeToString(key);
    }

    static int port() {
        return ((WebServerApplicationContext) PROCESS).getWebServer().getPort();
    }

    static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port() + path))
                .timeout(Duration.ofSeconds(20));
    }
}
