package dev.berth.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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

    private static GatesDraft release(List<String> argv) {
        return new GatesDraft(Optional.of(argv), Optional.empty());
    }
}
