package dev.berth.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.berth.domain.TrafficPolicy.Strategy;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VolumeTests {
    private static final Optional<Integer> SAME = Optional.empty();

    @Test
    void aServiceHasNoneUnlessItAsksForOne() {
        assertThat(draft("blue_green", SAME, SAME).create().volumeMb()).isEmpty();
        assertThat(draft("recreate", Optional.of(1), Optional.of(100)).create().volumeMb())
                .contains(100);
    }

    @Test
    void itIsForOneReplicaOfOneVersionAtATime() {
        assertThat(refused(() ->
                        draft("blue_green", Optional.of(3), Optional.of(100)).create()))
                .containsExactly("#/strategy", "#/replicas");
        assertThat(refused(() -> draft("canary", SAME, Optional.of(100)).create()))
                .containsExactly("#/strategy");
        assertThat(refused(() ->
                        draft("recreate", Optional.of(2), Optional.of(100)).create()))
                .containsExactly("#/replicas");
    }

    @Test
    void itComesWithAChangeThatMakesRoomForIt() {
        ServiceSpec plain = draft("blue_green", Optional.of(3), SAME).create();
        assertThat(refused(() -> draft(SAME, Optional.of(100)).change(plain)))
                .containsExactly("#/strategy", "#/replicas");
        assertThat(draft("recreate", Optional.of(1), Optional.of(100))
                        .change(plain)
                        .volumeMb())
                .contains(100);
    }

    @Test
    void itStaysGrowsAndNeverGetsSmaller() {
        ServiceSpec spec = draft("recreate", SAME, Optional.of(100)).create();
        assertThat(draft(SAME, SAME).change(spec)).isEqualTo(spec);
        assertThat(draft(SAME, Optional.of(200)).change(spec).volumeMb()).contains(200);
        assertThat(refused(() -> draft(SAME, Optional.of(99)).change(spec))).containsExactly("#/volumeMb");
    }

    @Test
    void whatItNeedsCannotBeTakenFromIt() {
        ServiceSpec spec = draft("recreate", SAME, Optional.of(100)).create();
        assertThat(refused(() -> draft(Optional.of(2), SAME).change(spec))).containsExactly("#/replicas");
        assertThat(refused(() -> draft("blue_green", SAME, SAME).change(spec))).containsExactly("#/strategy");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 63, 1_048_577})
    void itsSizeHasBounds(int sizeMb) {
        assertThat(refused(() -> draft("recreate", SAME, Optional.of(sizeMb)).create()))
                .containsExactly("#/volumeMb");
        assertThatThrownBy(() -> new Volume(sizeMb, Optional.empty())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void recreateIsTheOneStrategyThatDoes() {
        for (Strategy strategy : Strategy.values()) {
            assertThat(strategy.isOneAtATime()).isEqualTo(strategy == Strategy.RECREATE);
        }
    }

    private static List<String> refused(Runnable asked) {
        return catchThrowableOfType(InvalidInputException.class, asked::run).violations().stream()
                .map(Violation::pointer)
                .toList();
    }

    private static ServiceDraft draft(Optional<Integer> replicas, Optional<Integer> volumeMb) {
        return draft(TrafficDraft.SILENT, replicas, volumeMb);
    }

    private static ServiceDraft draft(String strategy, Optional<Integer> replicas, Optional<Integer> volumeMb) {
        return draft(
                new TrafficDraft(Optional.of(strategy), Optional.empty(), Optional.empty(), Optional.empty()),
                replicas,
                volumeMb);
    }

    private static ServiceDraft draft(TrafficDraft traffic, Optional<Integer> replicas, Optional<Integer> volumeMb) {
        return new ServiceDraft(
                Optional.of("An app"),
                Optional.empty(),
                Optional.empty(),
                Optional.of("https://h/r"),
                Optional.empty(),
                replicas,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                GatesDraft.SILENT,
                traffic,
                volumeMb);
    }
}
