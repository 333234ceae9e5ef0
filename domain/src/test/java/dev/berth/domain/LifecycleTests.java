package dev.berth.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * {@code docs/OPERATIONS.md} holds the table that {@link Lifecycle} is. Where this fails because a rule changed on purpose, write it anew:
 * {@code mvn -pl domain test -Dtest=LifecycleTests -Dtest.jvm="-Doperations.write=true"}.
 */
final class LifecycleTests {
    private static final Path DOCUMENT = Path.of("..", "docs", "OPERATIONS.md");
    private static final String BEGIN = "<!-- the table, written by LifecycleTests -->\n";
    private static final String END = "<!-- end of the table -->\n";

    @Test
    void theDocumentSaysWhatTheCodeDoes() throws IOException {
        String document = Files.readString(DOCUMENT);
        int begin = document.indexOf(BEGIN) + BEGIN.length();
        int end = document.indexOf(END);
        assertThat(begin).isBetween(BEGIN.length(), end);
        String wanted = document.substring(0, begin) + table() + document.substring(end);
        if (Boolean.getBoolean("operations.write")) {
            Files.writeString(DOCUMENT, wanted);
        }
        assertThat(Files.readString(DOCUMENT)).isEqualTo(wanted);
    }

    @Test
    void nothingIsAskedOfAServiceThatIsBeingDeletedButItsDelete() {
        assertThat(Arrays.stream(OperationKind.values())
                        .filter(kind -> Lifecycle.ask(kind, Standing.DELETING) instanceof Lifecycle.Does))
                .containsExactly(OperationKind.DELETE);
    }

    /** A service can always be got rid of, and one that is not suspended or going can always be brought up. */
    @Test
    void everyStandingHasAWayOut() {
        for (Standing standing : List.of(Standing.EMPTY, Standing.SERVING, Standing.STOPPED)) {
            assertThat(Lifecycle.ask(OperationKind.START, standing)).isInstanceOf(Lifecycle.Does.class);
            assertThat(standing.after(OperationKind.START)).isEqualTo(Standing.SERVING);
        }
        for (Standing standing : Standing.values()) {
            assertThat(Lifecycle.ask(OperationKind.DELETE, standing)).isInstanceOf(Lifecycle.Does.class);
        }
    }

    private static String table() {
        StringBuilder table = new StringBuilder("| |");
        for (Standing standing : Standing.values()) {
            table.append(' ').append(word(standing)).append(" |");
        }
        table.append("\n|---|").append("---|".repeat(Standing.values().length)).append('\n');
        for (OperationKind kind : OperationKind.values()) {
            table.append("| **").append(word(kind)).append("** |");
            table.append(Arrays.stream(Standing.values())
                    .map(standing -> " " + cell(Lifecycle.ask(kind, standing)) + " |")
                    .collect(Collectors.joining()));
            table.append('\n');
        }
        return table.toString();
    }

    private static String cell(Lifecycle.Answer answer) {
        return switch (answer) {
            case Lifecycle.Does does -> does.effect();
            case Lifecycle.Refused refused -> "409: " + refused.reason();
        };
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
