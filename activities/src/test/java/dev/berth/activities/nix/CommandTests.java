package dev.berth.activities.nix;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class CommandTests {
    private static final int LINES = 20_000;

    @Test
    void everyLineArrivesAlsoWhereTheReaderIsSlowerThanTheProgram() {
        Command command = Command.of(List.of("seq", "1", Integer.toString(LINES)), Map.of("PATH", "/usr/bin:/bin"));
        AtomicInteger seen = new AtomicInteger();
        Command.End end = command.run(
                line -> {
                    if (seen.incrementAndGet() % 2_000 == 0) {
                        Thread.yield();
                        spin();
                    }
                },
                line -> {},
                () -> {});
        assertThat(end).isEqualTo(new Command.End.Exited(0));
        assertThat(seen).hasValue(LINES);
    }

    /** A slow reader: the program has ended long before its output is read. */
    private static void spin() {
        long until = System.nanoTime() + 30_000_000;
        while (System.nanoTime() < until) {
            Thread.onSpinWait();
        }
    }
}
