package dev.berth.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Rules for what is shipped that no compiler holds. */
class ProductionSourceTests {
    private static final Pattern FORMATTED = Pattern.compile("(\\S)\\s*\\.formatted\\(");
    private static final Pattern FORMAT = Pattern.compile("String\\.format\\(\\s*(?:Locale\\.ROOT,\\s*)?(\\S)");
    private static final Pattern OWN_CONSTANT = Pattern.compile("\\b[A-Z][A-Z_]+\\s*\\.formatted\\(");
    private static final Pattern DEPENDENCY = Pattern.compile("<dependency>([\\s\\S]*?)</dependency>");
    private static final Pattern UNFIXED = Pattern.compile("<version>\\s*([\\[(]|LATEST|RELEASE|[^<]*SNAPSHOT)");
    private static final Pattern FOR_TESTS = Pattern.compile(
            "<artifactId>(junit[a-z-]*|assertj[a-z-]*|awaitility|greenmail[a-z-]*|archunit[a-z0-9-]*|berth-testkit"
                    + "|spring-boot-starter-test|temporal-testing|jqwik[a-z-]*)</artifactId>");

    /** OWASP ASVS 5.0, 1.3.10. */
    @Test
    void aFormatIsAConstant() {
        assertThat(Checkout.production()).hasSizeGreaterThan(100).allSatisfy((path, text) -> {
            long all = FORMATTED.matcher(text).results().count();
            long literal = FORMATTED
                    .matcher(text)
                    .results()
                    .filter(found -> found.group(1).matches("[\")]"))
                    .count();
            long named = OWN_CONSTANT.matcher(text).results().count();
            assertThat(literal + named).as(path).isEqualTo(all);
            assertThat(FORMAT.matcher(text).results())
                    .as(path)
                    .allMatch(found -> found.group(1).equals("\""));
        });
        assertThat(Checkout.production())
                .allSatisfy((path, text) -> assertThat(text)
                        .as(path + ": a call in brackets is no constant")
                        .doesNotContainPattern("\\(\\)\\s*\\.formatted\\(|[a-z]\\)\\s*\\.formatted\\("));
    }

    /** 15.2.3. */
    @Test
    void noTestCodeIsShipped() throws IOException {
        assertThat(Checkout.production())
                .allSatisfy((path, text) -> assertThat(text)
                        .as(path)
                        .doesNotContainPattern(
                                "import (static )?(org\\.junit|org\\.assertj|org\\.awaitility|com\\.icegreen|dev\\.berth\\.testkit)"
                                        + (path.startsWith("testkit/") ? "_never" : "")));
        try (Stream<Path> files = Files.walk(Checkout.HOME.resolve("api/target/classes"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .isNotEmpty()
                    .noneMatch(name -> name.endsWith("Tests.class"));
        }
        for (String module : List.of("api", "domain", "activities", "workers", "workflows", "local")) {
            assertThat(DEPENDENCY
                            .matcher(Checkout.read(module + "/pom.xml"))
                            .results()
                            .map(found -> found.group(1)))
                    .filteredOn(text -> FOR_TESTS.matcher(text).find())
                    .as(module)
                    .allMatch(text -> text.contains("<scope>test</scope>"));
        }
    }

    /** 5.3.1: nothing that lies in a folder can be run by asking for it. */
    @Test
    void theContainerRunsNoFiles() {
        for (String runner : List.of(
                "org.apache.jasper.servlet.JspServlet",
                "jakarta.servlet.jsp.JspPage",
                "groovy.servlet.GroovyServlet")) {
            assertThatThrownBy(() -> Class.forName(runner)).isInstanceOf(ClassNotFoundException.class);
        }
        assertThat(Checkout.read("api/src/main/java/dev/berth/api/console/ConsoleFiles.java"))
                .doesNotContain("ScriptEngine", "ProcessBuilder");
    }

    /** 15.1.2: every library is one version that is written down; a profile turns this into an SBOM. */
    @Test
    void theInventoryOfLibrariesIsWholeAndFixed() throws IOException {
        for (String module : List.of(".", "api", "domain", "activities", "workers", "workflows", "local", "testkit")) {
            String pom = Checkout.read(module + "/pom.xml");
            assertThat(pom).as(module).doesNotContain("<repository>", "<pluginRepository>");
            assertThat(DEPENDENCY.matcher(pom).results().map(found -> found.group(1)))
                    .as(module)
                    .noneMatch(text -> UNFIXED.matcher(text).find());
        }
        assertThat(Checkout.read("pom.xml"))
                .contains("<id>sbom</id>", "<artifactId>cyclonedx-maven-plugin</artifactId>");
        JsonNode lock =
                new JsonMapper().readTree(Checkout.read("ui/package-lock.json")).get("packages");
        assertThat(lock.properties().stream().filter(entry -> entry.getKey().startsWith("node_modules/")))
                .hasSizeGreaterThan(100)
                .allSatisfy(entry -> {
                    assertThat(entry.getValue().path("version").asString(""))
                            .as(entry.getKey())
                            .isNotBlank();
                    assertThat(entry.getValue().path("integrity").asString(""))
                            .as(entry.getKey())
                            .startsWith("sha512-");
                });
        assertThat(new JsonMapper()
                        .readTree(Checkout.read("ui/package.json"))
                        .get("dependencies")
                        .properties())
                .allSatisfy(entry -> assertThat(entry.getValue().asString())
                        .as(entry.getKey())
                        .matches("[0-9].*"));
    }
}
