package dev.berth.api.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.TestApi;
import dev.berth.api.TestApi.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConsoleFilesTests {
    @ParameterizedTest
    @ValueSource(
            strings = {"/", "/services", "/services/01900000-0000-7000-8000-000000000001/builds", "/apis", "/index.html"
            })
    void everyPageOfTheConsoleIsItsIndex(String path) {
        Answer page = get(path);
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Content-Type")).startsWith("text/html");
        assertThat(page.header("Cache-Control")).isEqualTo("no-cache");
        assertThat(page.body()).contains("Console of the tests");
    }

    @Test
    void filesWithAHashInTheirNameAreKeptForEver() {
        Answer file = get("/assets/test-1a2b3c.js");
        assertThat(file.status()).isEqualTo(200);
        assertThat(file.header("Content-Type")).contains("javascript");
        assertThat(file.header("Cache-Control")).contains("max-age=31536000", "immutable");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/assets/nope.js",
                "/nope.png",
                "/services/nope.js",
                "/..%2fapplication.yaml",
                "/%2e%2e/application.yaml",
                "/assets/..%5c..%5capplication.yaml"
            })
    void whatIsNoFileIsAProblemAndNeverAPage(String path) {
        Answer answer = get(path);
        assertThat(answer.status()).isIn(400, 404);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    }

    private static Answer get(String path) {
        return TestApi.send(TestApi.request(path));
    }
}
