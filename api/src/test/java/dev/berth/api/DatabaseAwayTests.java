package dev.berth.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

class DatabaseAwayTests {
    @Test
    void theApiStartsWithoutItsDatabaseAndAsksCallersToComeBack() throws IOException, InterruptedException {
        // springdoc keeps what it knows in a static place, where a second process would mix with the first.
        try (ConfigurableApplicationContext process = TestApi.start(
                        "postgres://berth_app:secret@127.0.0.1:1/none", "--springdoc.api-docs.enabled=false");
                HttpClient client = HttpClient.newHttpClient()) {
            String address = "http://localhost:"
                    + ((WebServerApplicationContext) process).getWebServer().getPort();
            HttpRequest health =
                    HttpRequest.newBuilder(URI.create(address + "/api/health")).build();
            assertThat(client.send(health, BodyHandlers.ofString()).statusCode())
                    .isEqualTo(200);

            HttpResponse<String> me = client.send(
                    HttpRequest.newBuilder(URI.create(address + "/api/me"))
                            .header("Authorization", "Bearer berth_" + "x".repeat(40))
                            .build(),
                    BodyHandlers.ofString());
            assertThat(me.statusCode()).isEqualTo(503);
            assertThat(me.headers().firstValue("Content-Type")).contains("application/problem+json");
            assertThat(me.headers().firstValue("Retry-After")).isPresent();
            assertThat(me.body()).contains("/problems/unavailable").doesNotContain("secret", "127.0.0.1");
        }
    }
}
