package dev.berth.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/ASVS.md} says what shows each requirement: a row that is missing or names a test that is not there fails here. */
final class SecurityTableTests {
    private static final Path HOUSE = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern TEST = Pattern.compile("`([A-Za-z]+Tests|[a-z-]+\\.spec\\.tsx?)`");
    /** The part of what applies to Berth that must be done, and shown by a test. */
    private static final double LEAST = 0.90;

    private static final Pattern NUMBER = Pattern.compile("\\d+\\.\\d+\\.\\d+");

    private record Row(List<String> items, String how, String shownBy) {
        /** What Berth does not have cannot be done wrong. */
        boolean applies() {
            return !how.startsWith("n/a:");
        }

        boolean isTested() {
            return TEST.matcher(shownBy).find();
        }
    }

    @Test
    void nineInTenOfWhatAppliesAreDoneAndTested() throws IOException {
        List<Row> applying = rows().stream().filter(Row::applies).toList();
        int all = items(applying).size();
        List<String> tested = items(applying.stream().filter(Row::isTested).toList());
        List<String> notYet = items(
                applying.stream().filter(row -> row.shownBy().equals("not yet")).toList());
        List<String> untested = items(
                applying.stream().filter(row -> row.shownBy().equals("n/a")).toList());
        System.out.printf(
                Locale.ROOT,
                "ASVS: %d applicable, %d done and tested (%.1f %%), %d not yet %s, %d done and shown by no test %s%n",
                all,
                tested.size(),
                100.0 * tested.size() / all,
                notYet.size(),
                notYet,
                untested.size(),
                untested);
        assertThat(tested.size() + notYet.size() + untested.size()).isEqualTo(all);
        assertThat((double) tested.size() / all).isGreaterThanOrEqualTo(LEAST);
    }

    private static List<String> items(List<Row> rows) {
        return rows.stream().flatMap(row -> row.items().stream()).toList();
    }

    @Test
    void everyRequirementOfLevelsOneAndTwoIsInTheTableOnce() throws IOException {
        List<String> wanted = Files.readAllLines(Path.of("src/test/resources/asvs-5.0-levels-1-2.txt"));
        List<String> found =
                rows().stream().flatMap(row -> row.items().stream()).toList();
        assertThat(wanted).hasSize(253);
        assertThat(found).containsExactlyInAnyOrderElementsOf(wanted);
    }

    @Test
    void everyRowIsShownByATestThatExistsOrSaysThatNothingShowsIt() throws IOException {
        Set<String> tests = tests();
        for (Row row : rows()) {
            List<String> named = TEST.matcher(row.shownBy())
                    .results()
                    .map(found -> found.group(1))
                    .toList();
            assertThat(named.isEmpty() ? row.shownBy() : "named")
                    .as("what shows %s", row.items())
                    .isIn("named", "n/a", "not yet");
            assertThat(tests).as("tests of %s", row.items()).containsAll(named);
            assertThat(row.how()).as("how of %s", row.items()).isNotBlank();
        }
    }

    @Test
    void aRowThatSaysNotYetSaysSoInBothPlaces() throws IOException {
        for (Row row : rows()) {
            if (row.how().contains("not yet")) {
                assertThat(row.shownBy()).as("what shows %s", row.items()).isEqualTo("not yet");
            }
        }
    }

    private static List<Row> rows() throws IOException {
        List<Row> rows = new ArrayList<>();
        for (String line : Files.readAllLines(HOUSE.resolve("docs/ASVS.md"))) {
            String[] cells = line.split("\\|", -1);
            if (cells.length == 5 && NUMBER.matcher(cells[1]).find()) {
                Matcher numbers = NUMBER.matcher(cells[1]);
                rows.add(new Row(
                        numbers.results().map(found -> found.group()).toList(), cells[2].strip(), cells[3].strip()));
            }
        }
        return rows;
    }

    private static Set<String> tests() throws IOException {
        try (Stream<Path> modules = Files.list(HOUSE)) {
            Stream<Path> java = modules.map(module -> module.resolve("src/test/java"));
            return Stream.concat(java, Stream.of(HOUSE.resolve("ui/test"), HOUSE.resolve("ui/src")))
                    .filter(Files::isDirectory)
                    .flatMap(SecurityTableTests::names)
                    .collect(Collectors.toSet());
        }
    }

    private static Stream<String> names(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith("Tests.java") || name.contains(".spec."))
                    .map(name -> name.replaceFirst("\\.java$", ""))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
