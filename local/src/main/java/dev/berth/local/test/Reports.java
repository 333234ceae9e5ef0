package dev.berth.local.test;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.local.test.Totals.NotRun;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Reads what the test runners write: Surefire's XML, Vitest's and Playwright's JSON. */
final class Reports {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Of one that says no more. */
    private static final String MARKED = "They are marked so.";

    private Reports() {}

    /** All modules' {@code target/surefire-reports/TEST-*.xml}. */
    static Totals surefire(Path home) throws IOException {
        Totals sum = Totals.NONE;
        for (Path file : surefireFiles(home)) {
            try (InputStream in = Files.newInputStream(file)) {
                sum = sum.plus(suite(in));
            } catch (XMLStreamException broken) {
                sum = sum.plus(Totals.check(false, "A report cannot be read: " + file));
            }
        }
        return sum;
    }

    /** Forgets the reports of earlier runs. */
    static void clear(Path home) throws IOException {
        for (Path file : surefireFiles(home)) {
            Files.delete(file);
        }
        for (Path file : figureFiles(home)) {
            Files.delete(file);
        }
    }

    /** The lines that suites left in {@code target/figures}. */
    static List<String> figures(Path home) throws IOException {
        List<String> lines = new ArrayList<>();
        for (Path file : figureFiles(home)) {
            lines.addAll(Files.readAllLines(file));
        }
        return lines;
    }

    private static List<Path> surefireFiles(Path home) throws IOException {
        return files(home, "target/surefire-reports", "TEST-.*\\.xml");
    }

    private static List<Path> figureFiles(Path home) throws IOException {
        return files(home, "target/figures", ".*\\.txt");
    }

    private static List<Path> files(Path home, String folder, String name) throws IOException {
        List<Path> files = new ArrayList<>();
        try (Stream<Path> modules = Files.list(home)) {
            for (Path reports : modules.map(module -> module.resolve(folder))
                    .filter(Files::isDirectory)
                    .toList()) {
                try (Stream<Path> found = Files.list(reports)) {
                    found.filter(file -> file.getFileName().toString().matches(name))
                            .sorted()
                            .forEach(files::add);
                }
            }
        }
        return files;
    }

    static Totals suite(InputStream xml) throws XMLStreamException {
        XMLInputFactory factory = XMLInputFactory.newInstance();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        XMLStreamReader reader = factory.createXMLStreamReader(xml);
        int tests = 0;
        List<NotRun> notRun = new ArrayList<>();
        List<String> failures = new ArrayList<>();
        String name = "";
        while (reader.hasNext()) {
            if (reader.next() != XMLStreamConstants.START_ELEMENT) {
                continue;
            }
            switch (reader.getLocalName()) {
                case "testcase" -> {
                    tests++;
                    name = name(reader.getAttributeValue(null, "classname"), reader.getAttributeValue(null, "name"));
                }
                case "failure", "error" ->
                    failures.add(name + ": " + firstLine(reader.getAttributeValue(null, "message")));
                case "skipped" -> notRun.add(new NotRun(name, firstLine(reader.getAttributeValue(null, "message"))));
                default -> {}
            }
        }
        return new Totals(tests - failures.size() - notRun.size(), failures.size(), failures, notRun);
    }

    /** A class that was skipped as a whole stands for itself. */
    private static String name(String type, @org.jspecify.annotations.Nullable String test) {
        return test == null || test.isEmpty() || test.equals(type) ? type : type + "." + test;
    }

    private static String firstLine(@org.jspecify.annotations.Nullable String message) {
        return message == null ? "" : message.lines().findFirst().orElse("");
    }

    /** Vitest's {@code --reporter=json}. */
    static Totals vitest(JsonNode report) {
        List<String> failures = new ArrayList<>();
        for (JsonNode file : report.path("testResults")) {
            for (JsonNode test : file.path("assertionResults")) {
                if (test.path("status").asText().equals("failed")) {
                    failures.add("ui: " + test.path("fullName").asText());
                }
            }
        }
        int failed = Math.max(failures.size(), report.path("numFailedTests").asInt());
        int skipped = report.path("numPendingTests").asInt()
                + report.path("numTodoTests").asInt();
        return new Totals(report.path("numPassedTests").asInt(), failed, failures, notRun(skipped));
    }

    /** Playwright's {@code json} reporter. */
    static Totals playwright(JsonNode report) {
        JsonNode stats = report.path("stats");
        List<String> failures = new ArrayList<>();
        List<NotRun> skipped = new ArrayList<>();
        collect(report.path("suites"), failures, skipped);
        return new Totals(
                stats.path("expected").asInt() + stats.path("flaky").asInt(),
                stats.path("unexpected").asInt(),
                failures,
                skipped);
    }

    private static List<NotRun> notRun(int tests) {
        return tests == 0 ? List.of() : List.of(new NotRun("ui: " + tests + " tests", MARKED));
    }

    private static void collect(JsonNode suites, List<String> failures, List<NotRun> skipped) {
        for (JsonNode suite : suites) {
            for (JsonNode spec : suite.path("specs")) {
                String name = "browser: " + spec.path("title").asText();
                if (!spec.path("ok").asBoolean()) {
                    failures.add(name);
                }
                for (JsonNode test : spec.path("tests")) {
                    if (test.path("status").asText().equals("skipped")) {
                        skipped.add(new NotRun(name, reason(test)));
                    }
                }
            }
            collect(suite.path("suites"), failures, skipped);
        }
    }

    private static String reason(JsonNode test) {
        return test.path("annotations").findValuesAsText("description").stream()
                .findFirst()
                .orElse(MARKED);
    }

    static JsonNode json(Path file) throws IOException {
        return JSON.readTree(file.toFile());
    }
}
