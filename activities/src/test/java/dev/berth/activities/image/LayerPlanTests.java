package dev.berth.activities.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.activities.image.StorePaths.StorePath;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class LayerPlanTests {
    @Test
    void putsLargePathsAloneSmallOnesTogetherAndTheAppLast() {
        LayerPlan plan = LayerPlan.of(
                List.of(path("s", 10), path("x", 5 << 20), path("r", 20), path("y", 9 << 20), path("app", 1)));
        assertThat(plan.layers()).containsExactly(names("y"), names("x"), names("r", "s"), names("app"));
    }

    @Test
    void groupsTheSameForAnotherVersionOfTheAppAndInAnotherOrder() {
        LayerPlan one = LayerPlan.of(List.of(path("s", 10), path("x", 5 << 20), path("r", 20), path("a", 1)));
        LayerPlan other = LayerPlan.of(List.of(path("r", 20), path("s", 10), path("x", 5 << 20), path("b", 9 << 20)));
        assertThat(other.layers().subList(0, 2)).isEqualTo(one.layers().subList(0, 2));
    }

    @Test
    void staysBelowTheLimitWithManyLargePaths() {
        List<StorePath> closure = new ArrayList<>(IntStream.range(0, 100)
                .mapToObj(i -> path("p" + i, (1 << 20) + i))
                .toList());
        closure.add(path("app", 1));
        // The skeleton is one more.
        assertThat(LayerPlan.of(closure).layers()).hasSizeLessThan(LayerPlan.LIMIT);
        assertThat(LayerPlan.of(closure).layers().stream().mapToInt(List::size).sum())
                .isEqualTo(101);
    }

    @Test
    void takesAnAppThatNeedsNothing() {
        assertThat(LayerPlan.of(List.of(path("app", 1))).layers()).containsExactly(names("app"));
    }

    private static StorePath path(String name, long bytes) {
        return new StorePath("/nix/store/" + "0".repeat(32) + "-" + name, bytes);
    }

    private static List<String> names(String... names) {
        return List.of(names).stream().map(name -> path(name, 0).path()).toList();
    }
}
