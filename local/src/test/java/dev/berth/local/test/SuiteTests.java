package dev.berth.local.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.local.LocalFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SuiteTests {
    @Test
    void aSuiteIsKnownByItsName() {
        assertThat(Suite.named("isolation").arguments()).contains("-Dtest=**/isolation/*Tests");
    }

    @Test
    void theChaosSuiteNeedsAStack() {
        assertThat(Suite.named("chaos").ground()).isEqualTo(Suite.Ground.STACK);
        assertThat(Suite.named("chaos").arguments()).contains("local", "-Dtest=ChaosTests");
        assertThat(Suite.CHAOS.variables(Suite.Extent.ALL)).containsEntry("BERTH_TEST_EXTENT", "all");
    }

    @Test
    void anUnknownSuiteIsToldTheKnownOnes() {
        assertThatThrownBy(() -> Suite.named("isolaton"))
                .isInstanceOf(LocalFailure.class)
                .hasMessageContaining("isolation, fuzz");
    }

    @Test
    void theFiguresOfASuiteAreReadAndForgotten(@TempDir Path home) throws Exception {
        Path figures = home.resolve("api/target/figures/fuzz.txt");
        Files.createDirectories(figures.getParent());
        Files.writeString(figures, "fuzz: 1 requests sent\n");
        assertThat(Reports.figures(home)).containsExactly("fuzz: 1 requests sent");
        Reports.clear(home);
        assertThat(Reports.figures(home)).isEmpty();
    }
}
