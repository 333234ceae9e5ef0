package dev.berth.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.people.Mailbox;
import dev.berth.api.people.TestIssuer;
import dev.berth.store.ApiToken;
import dev.berth.store.Ids;
import dev.berth.store.Organizations;
import dev.berth.store.Tenancy;
import dev.berth.store.Tokens;
import dev.berth.testkit.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The API's process on a port of its own and a real database, started once for all tests; Temporal is down for it. */
public final class TestApi {
    public static final TestDatabase DATABASE = TestDatabase.fresh();

    private static final ConfigurableApplicationContext PROCESS = start(
            DATABASE.url(),
            Stream.concat(
                            Stream.of(TestIssuer.settings()),
                            Stream.of(
                                    "--springdoc.api-docs.enabled=true",
                                    "--SIGN_UP=open",
                                    "--VOLUMES=unlimited",
                                    "--SMTP_URL=smtp://127.0.0.1:" + Mailbox.port(),
                                    "--MAIL_FROM=berth@example.org"))
                    .toArray(String[]::new));
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private static final JsonMapper JSON = new JsonMapper();

    private TestApi() {}

    /** @param more arguments that win over the usual ones */
    public static ConfigurableApplicationContext start(String databaseUrl, String... more) {
        return new SpringApplication(ApiProcess.class).run(arguments(databaseUrl, more));
    }

    private static String[] arguments(String databaseUrl, String... more) {
        Map<String, String> arguments = new LinkedHashMap<>();
        Stream.concat(
                        Stream.of(
                                "--server.port=0",
                                "--DATABASE_URL=" + databaseUrl,
                                "--CLIENT_URL=http://berth.test:8080",
                                "--APPS_PORT=8443",
                                "--RATE_LIMIT_PER_MINUTE=1000000",
                                "--RATE_LIMIT_ANONYMOUS_PER_MINUTE=1000000",
                                "--TEMPORAL_ADDRESS=127.0.0.1:1",
                                "--NIX_STORE_ROOT=/nowhere",
                                "--PACKAGE_SET=/nowhere",
                                "--EDGE_DIRECTORY=/nowhere",
                                "--BUILD_DIRECTORY=/nowhere",
                                "--CACHE_DIRECTORY=/nowhere",
                                // The schemas' converters are the virtual machine's, and whoever starts last takes
                                // them.
                                "--springdoc.api-docs.enabled=false",
                                // So that tests may say from which address they call.
                                "--TRUSTED_PROXIES=127.0.0.1",
                                "--PAYLOAD_KEY=" + Base64.getEncoder().encodeToString(new byte[32])),
                        Stream.of(more))
                .forEach(argument -> arguments.put(argument.split("=", 2)[0], argument));
        return arguments.values().toArray(String[]::new);
    }

    public static int port() {
        return ((WebServerApplicationContext) PROCESS).getWebServer().getPort();
    }

    public static <T> T bean(Class<T> type) {
        return PROCESS.getBean(type);
    }

    public static <T> T bean(String name, Class<T> type) {
        return PROCESS.getBean(name, type);
    }

    /** A new organisation with one member. */
    public static Member member(String role) {
        UUID organization = DATABASE.organization();
        return member(organization, role);
    }

    public static Member member(UUID organization, String role) {
        ApiToken token = ApiToken.generate();
        UUID user = Ids.next();
        Organizations organizations = new Organizations(DATABASE.dataSource());
        Tokens tokens = new Tokens(DATABASE.dataSource());
        UUID tokenId = Ids.next();
        new Tenancy(DATABASE.dataSource()).asPlatform("test", () -> {
            organizations.insertUser(user, "u" + user + "@example.org", "Somebody", false);
            organizations.insertMembership(organization, user, role);
            tokens.insert(tokenId, organization, user, "test", token);
        });
        return new Member(organization, user, tokenId, token.value());
    }

    /**
     * Who calls.
     *
     * @param token as its holder knows it
     */
    public record Member(UUID organization, UUID user, UUID tokenId, String token) {
        public Answer get(String path) {
            return send(request(path));
        }

        public Answer post(String path, String body) {
            return send(request(path).POST(BodyPublishers.ofString(body)).header("Content-Type", "application/json"));
        }

        public Answer patch(String path, String body) {
            return patch(path, "*", body);
        }

        public Answer patch(String path, String ifMatch, String body) {
            return send(request(path)
                    .method("PATCH", BodyPublishers.ofString(body))
                    .header("If-Match", ifMatch)
                    .header("Content-Type", "application/json"));
        }

        /** With a key, so that it can be sent again. */
        public Answer post(String path, String key, String body) {
            return send(request(path)
                    .POST(BodyPublishers.ofString(body))
                    .header("Idempotency-Key", key)
                    .header("Content-Type", "application/json"));
        }

        public Answer delete(String path) {
            return send(request(path).DELETE());
        }

        public HttpRequest.Builder request(String path) {
            return TestApi.request(path).header("Authorization", "Bearer " + token);
        }

        /** A new service with an address of its own. */
        public String service(String slug) {
            Answer answer = post("/api/containers/services", """
                    {"name": "An app", "slug": "%s", "gitUrl": "https://git.example.org/a/b.git"}""".formatted(slug));
            assertThat(answer.status()).as(answer.body()).isEqualTo(201);
            return answer.json().get("id").asString();
        }
    }

    public static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port() + path))
                .timeout(Duration.ofSeconds(20));
    }

    public static Answer send(HttpRequest.Builder request) {
        try {
            return new Answer(CLIENT.send(request.build(), BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** What came back. */
    public record Answer(HttpResponse<String> response) {
        public int status() {
            return response.statusCode();
        }

        public String body() {
            return response.body();
        }

        public JsonNode json() {
            return JSON.readTree(response.body());
        }

        public String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        /** The pointers and parameters that a problem names. */
        public String blamed() {
            return json().get("errors").values().stream()
                    .map(item -> item.get("pointer").isNull() ? item.get("parameter") : item.get("pointer"))
                    .map(JsonNode::asString)
                    .toList()
                    .toString();
        }
    }
}
