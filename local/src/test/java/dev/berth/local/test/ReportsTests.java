package dev.berth.local.test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.local.test.Totals.NotRun;
import java.io.ByteArrayInputStream;
import org.junit.jupiter.api.Test;

final class ReportsTests {
    private final ObjectMapper json = new ObjectMapper();

    @Test
    void countsASurefireSuite() throws Exception {
        Totals totals = Reports.suite(new ByteArrayInputStream("""
                <testsuite name="ATests">
                  <testcase name="passes" classname="ATests"/>
                  <testcase name="fails" classname="ATests"><failure message="1 is not 2&#10;more"/></testcase>
                  <testcase name="breaks" classname="ATests"><error/></testcase>
                  <testcase name="waits" classname="ATests"><skipped message="no engine"/></testcase>
                  <testcase name="" classname="LateTests"><skipped message="no time"/></testcase>
                </testsuite>
                """.getBytes(UTF_8)));
        assertThat(totals.line()).isEqualTo("1 passed, 2 failed");
        assertThat(totals.failures()).containsExactly("ATests.fails: 1 is not 2", "ATests.breaks: ");
        assertThat(totals.notRun())
                .containsExactly(new NotRun("ATests.waits", "no engine"), new NotRun("LateTests", "no time"));
    }

    @Test
    void countsVitest() throws Exception {
        Totals totals = Reports.vitest(json.readTree("""
                {"numPassedTests": 3, "numFailedTests": 1, "numPendingTests": 0, "numTodoTests": 0,
                 "testResults": [{"assertionResults": [{"status": "failed", "fullName": "a form refuses"}]}]}
                """));
        assertThat(totals.line()).isEqualTo("3 passed, 1 failed");
        assertThat(totals.failures()).containsExactly("ui: a form refuses");
    }

    @Test
    void countsPlaywrightThroughNestedSuites() throws Exception {
        Totals totals = Reports.playwright(json.readTree("""
                {"stats": {"expected": 2, "unexpected": 1, "flaky": 0, "skipped": 1},
                 "suites": [{"suites": [{"specs": [{"ok": false, "title": "rolls back", "tests": [{"status": "unexpected"}]},
                  {"ok": true, "title": "scales", "tests": [
                     {"status": "skipped", "annotations": [{"type": "skip", "description": "no time"}]}]}]}]}]}
                """));
        assertThat(totals.line()).isEqualTo("2 passed, 1 failed");
        assertThat(totals.notRun()).containsExactly(new NotRun("browser: scales", "no time"));
        assertThat(totals.failures()).containsExactly("browser: rolls back");
    }
}
