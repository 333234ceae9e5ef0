package dev.berth.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class GatesDraftTests {
    @Test
    void whatIsNotNamedStaysAndNoWordsTakeTheCommandAway() {
        DeployGates gates = release(List.of("node", "migrate.js", "--say", "$HOME; rm -rf /"))
                .over(DeployGates.OPEN);
        assertThat(gates.release().orElseThrow().argv())
                .as("words are words: nothing of them is read by a shell")
                .containsExactly("node", "migrate.js", "--say", "$HOME; rm -rf /");
        assertThat(GatesDraft.SILENT.over(gates)).isEqualTo(gates);
        assertThat(release(List.of()).over(gates)).isEqualTo(DeployGates.OPEN);
        assertThat(release(List.of()).violations()).isEmpty();
    }

    static List<List<String>> refused() {
        return List.of(
                List.of(" "),
                List.of("node", "a\0b"),
                List.of("node", "\ud800"),
                List.of("x".repeat(4_097)),
                Collections.nCopies(65, "x"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void saysWhatIsWrongWithACommand(List<String> argv) {
        assertThat(release(argv).violations()).extracting(Violation::pointer).containsExactly("#/releaseCommand");
        assertThatThrownBy(() -> new ReleaseCommand(argv)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void itsArgumentsMayBeSecretAndAreNotPrinted() {
        assertThat(new ReleaseCommand(List.of("migrate", "--password=hunter2")).toString())
                .doesNotContain("hunter2");
    }

    @Test
    void windowsAreReplacedAsAWholeAndTheirZoneByItself() {
        DeployGates gates = windows("Europe/Berlin", new WindowDraft(List.of("monday", "friday"), "22:00", "02:00"))
                .over(DeployGates.OPEN);
        assertThat(gates.windows().zone()).isEqualTo(ZoneId.of("Europe/Berlin"));
        assertThat(gates.windows().windows())
                .containsExactly(new DeployWindow(
                        Set.of(DayOfWeek.MONDAY, DayOfWeek.FRIDAY), LocalTime.of(22, 0), LocalTime.of(2, 0)));
        assertThat(GatesDraft.SILENT.over(gates)).isEqualTo(gates);
        assertThat(windows("UTC").over(gates)).isEqualTo(DeployGates.OPEN);
    }

    static List<Arguments> refusedWindows() {
        return List.of(
                Arguments.of(new WindowDraft(null, "08:00", "09:00"), "days"),
                Arguments.of(new WindowDraft(List.of(), "08:00", "09:00"), "days"),
                Arguments.of(new WindowDraft(List.of("monday", "monday"), "08:00", "09:00"), "days"),
                Arguments.of(new WindowDraft(List.of("Monday"), "08:00", "09:00"), "days"),
                Arguments.of(new WindowDraft(Collections.singletonList(null), "08:00", "09:00"), "days"),
                Arguments.of(new WindowDraft(List.of("monday"), null, "09:00"), "from"),
                Arguments.of(new WindowDraft(List.of("monday"), "24:00", "09:00"), "from"),
                Arguments.of(new WindowDraft(List.of("monday"), "08:00", "9:00"), "until"),
                Arguments.of(new WindowDraft(List.of("monday"), "08:00", "09:00:30"), "until"));
    }

    @ParameterizedTest
    @MethodSource("refusedWindows")
    void saysWhatIsWrongWithAWindow(WindowDraft draft, String part) {
        WindowDraft good = new WindowDraft(List.of("sunday"), "00:00", "00:00");
        assertThat(windows("UTC", good, draft).violations())
                .extracting(Violation::pointer)
                .containsExactly("#/deployWindows/1/" + part);
    }

    @Test
    void aZoneGoesByItsNameAndAServiceHasAFortnightOfWindows() {
        WindowDraft good = new WindowDraft(List.of("sunday"), "00:00", "00:00");
        assertThat(windows("+02:00").violations())
                .extracting(Violation::pointer)
                .containsExactly("#/deployWindowZone");
        assertThat(windows("Mars/Base").violations()).hasSize(1);
        assertThat(windows("UTC", Collections.nCopies(14, good).toArray(WindowDraft[]::new))
                        .violations())
                .isEmpty();
        assertThat(windows("UTC", Collections.nCopies(15, good).toArray(WindowDraft[]::new))
                        .violations())
                .extracting(Violation::pointer)
                .containsExactly("#/deployWindows");
    }

    @Test
    void anApprovalComesBeforeTheWindow() {
        Instant monday = Instant.parse("2026-06-01T12:00:00Z");
        GatesDraft draft = new GatesDraft(
                Optional.of(true),
                Optional.of(List.of(new WindowDraft(List.of("tuesday"), "08:00", "09:00"))),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        DeployGates gates = draft.over(DeployGates.OPEN);
        assertThat(gates.hold(false, monday)).contains(new Hold.Approval());
        assertThat(gates.hold(true, monday)).contains(new Hold.Window(Instant.parse("2026-06-02T08:00:00Z")));
        assertThat(gates.hold(true, Instant.parse("2026-06-02T08:00:00Z"))).isEmpty();
        assertThat(DeployGates.OPEN.hold(false, monday)).isEmpty();
    }

    private static GatesDraft windows(String zone, WindowDraft... windows) {
        return new GatesDraft(
                Optional.empty(), Optional.of(List.of(windows)), Optional.of(zone), Optional.empty(), Optional.empty());
    }

    private static GatesDraft release(List<String> argv) {
        return new GatesDraft(
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(argv), Optional.empty());
    }
}
