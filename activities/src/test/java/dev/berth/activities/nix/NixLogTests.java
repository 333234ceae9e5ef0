package dev.berth.activities.nix;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NixLogTests {
    private final List<String> lines = new ArrayList<>();
    private final NixLog log = new NixLog(lines::add);

    @Test
    void passesOnWhatBuildersPrintAndNamesEachBuild() {
        log.accept("@nix {\"action\":\"start\",\"id\":1,\"level\":3,\"text\":\"\",\"type\":105,"
                + "\"fields\":[\"/nix/store/p2gzllbk9rprj9fn3jmqchfjk3vr6ck2-app.drv\",\"\",1,1]}");
        log.accept(line("compiled"));

        assertThat(lines).containsExactly("building app", "compiled");
    }

    @Test
    void takesColoursAndControlCharactersOut() {
        log.accept(line("\\u001b[31mred\\u001b[0m \\u001b]8;;http://x\\u0007link\\u0000"));
        log.accept(line("10 %\\r50 %\\r100 %"));

        assertThat(lines).containsExactly("red link", "100 %");
    }

    @Test
    void cutsALogThatNobodyWouldRead() {
        for (int i = 0; i < 30_000; i++) {
            log.accept(line("spam"));
        }

        assertThat(lines).hasSize(20_000);
        assertThat(lines.getLast()).startsWith("… the log is longer");
    }

    @Test
    void shortensALineThatNobodyWouldRead() {
        log.accept(line("x".repeat(100_000)));

        assertThat(lines.getFirst()).hasSizeLessThan(4_010);
    }

    @Test
    void remembersWhatNixSaysAndWhatWasPrintedLast() {
        for (int i = 1; i <= 50; i++) {
            log.accept(line("line " + i));
        }
        log.accept("@nix {\"action\":\"msg\",\"level\":0,\"msg\":\"\\u001b[31;1merror:\\u001b[0m it broke\"}");
        log.accept("@nix {\"action\":\"msg\",\"level\":3,\"msg\":\"copying\"}");

        assertThat(log.errors()).containsExactly("error: it broke");
        assertThat(log.lastLines()).hasSize(40).endsWith("line 50");
    }

    @Test
    void aHalfWrittenLineIsNoTrouble() {
        log.accept("@nix {\"action\":\"res");

        assertThat(lines).isEmpty();
    }

    private static String line(String text) {
        return "@nix {\"action\":\"result\",\"id\":1,\"type\":101,\"fields\":[\"" + text + "\"]}";
    }
}
