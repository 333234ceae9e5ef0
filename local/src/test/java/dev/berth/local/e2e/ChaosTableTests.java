package dev.berth.local.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.berth.failpoints.Failpoint.Side;
import io.temporal.activity.ActivityInterface;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** An activity that nobody kills anything at fails here. */
final class ChaosTableTests {
    private final List<ChaosCell> all = ChaosTable.all();

    @Test
    void everyActivityHasRowsBeforeAndAfterItsEffectWithTheTemporalWorkerAndTheApi() {
        List<String> effects = activities().toList();
        assertThat(effects).hasSizeGreaterThan(30);
        for (String effect : effects) {
            for (Side side : Side.values()) {
                for (Victim victim : List.of(Victim.TEMPORAL_WORKER, Victim.API)) {
                    assertThat(all)
                            .as("%s %s, %s: give it a row in ChaosTable", side, effect, victim)
                            .anyMatch(cell ->
                                    cell.effect().equals(effect) && cell.side() == side && cell.victim() == victim);
                }
            }
        }
    }

    @Test
    void everyOtherPartMeetsEveryOperationAndBothSides() {
        for (Victim victim : Victim.values()) {
            for (ChaosScene scene : ChaosTable.operations()) {
                assertMeets(victim, scene);
            }
            if (!victim.isOfBerth()) {
                ChaosTable.otherWays().forEach(scene -> assertMeets(victim, scene));
            }
            for (Side side : Side.values()) {
                assertThat(all)
                        .as("%s %s", side, victim)
                        .anyMatch(cell -> cell.victim() == victim && cell.side() == side);
            }
        }
    }

    private void assertMeets(Victim victim, ChaosScene scene) {
        assertThat(all)
                .as("%s in %s", victim, scene)
                .anyMatch(cell -> cell.victim() == victim && cell.scene() == scene);
    }

    @Test
    void theTableIsFixedAndLongEnough() {
        assertThat(all).hasSizeGreaterThanOrEqualTo(200).doesNotHaveDuplicates().isEqualTo(ChaosTable.all());
    }

    /** Somebody reads the suite's lines by it. */
    @Test
    void theRowThatTheDocumentExplainsIsInTheTable() throws IOException {
        String document = Files.readString(Path.of("..", "docs", "CHAOS.md"));
        Matcher row = Pattern.compile("(?m)^ *(\\d+)/(\\d+)  (\\S.*\\S) +[0-9.]+ +[0-9]+  ok$")
                .matcher(document);
        assertThat(row.find()).isTrue();
        assertThat(Integer.parseInt(row.group(2))).isEqualTo(all.size());
        assertThat(words(row.group(3)))
                .isEqualTo(words(all.get(Integer.parseInt(row.group(1)) - 1).toString()));
        assertThat(document).containsPattern("The " + row.group(1) + "(st|nd|rd|th) of " + all.size() + " rows");
    }

    private static String words(String line) {
        return line.strip().replaceAll(" +", " ");
    }

    @Test
    void inTheUsualPartEveryPartDiesAndEveryOperationOccurs() {
        List<ChaosCell> usual = ChaosTable.usual();
        assertThat(usual).extracting(ChaosCell::victim).contains(Victim.values());
        assertThat(usual).extracting(ChaosCell::scene).containsAll(ChaosTable.operations());
        assertThat(usual).extracting(ChaosCell::side).contains(Side.values());
    }

    /** As Temporal calls them. */
    private static Stream<String> activities() {
        return new ClassFileImporter()
                .importPackages("dev.berth.workflows").stream()
                        .filter(type -> type.isAnnotatedWith(ActivityInterface.class))
                        .map(JavaClass::reflect)
                        .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                        .filter(method -> !method.isSynthetic())
                        .map(Method::getName)
                        .map(name -> Character.toUpperCase(name.charAt(0)) + name.substring(1));
    }
}
