package dev.berth.domain.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AdmissionTests {
    private static final Amounts LIMITS = new Amounts(Map.of(Resource.CPU_MILLIS, 1_000L, Resource.MEMORY_MB, 512L));
    private static final int CASES = 20_000;

    @Test
    void whatFitsExactlyIsGranted() {
        assertThat(Admission.ofNew(LIMITS, used(600, 256), Map.of(Resource.CPU_MILLIS, 400L, Resource.MEMORY_MB, 256L))
                        .isGranted())
                .isTrue();
    }

    @Test
    void everyShortageIsNamedWithItsNumbers() {
        Admission refused =
                Admission.ofNew(LIMITS, used(600, 256), Map.of(Resource.CPU_MILLIS, 401L, Resource.MEMORY_MB, 257L));
        assertThat(refused.shortages())
                .containsExactly(
                        new Shortage(Resource.CPU_MILLIS, 401, 600, 1_000),
                        new Shortage(Resource.MEMORY_MB, 257, 256, 512));
        assertThat(refused.shortages().getFirst().sentence())
                .isEqualTo("wants 401 more with 600 of 1000 thousandths of a processor taken");
    }

    @Test
    void aboveALoweredLimitNothingNewGoesAndWhatWasKeptDoes() {
        Map<Resource, Long> noMore = Map.of(Resource.CPU_MILLIS, 0L);
        assertThat(Admission.ofNew(LIMITS, used(1_001, 0), noMore).isGranted()).isFalse();
        assertThat(Admission.ofKept(LIMITS, used(1_001, 0), noMore).isGranted()).isTrue();
        assertThat(Admission.ofKept(LIMITS, used(1_001, 0), Map.of(Resource.CPU_MILLIS, 1L))
                        .isGranted())
                .isFalse();
    }

    @Test
    void whoeverTakesLessIsNeverRefused() {
        Map<Resource, Long> less = Map.of(Resource.CPU_MILLIS, -1L);
        assertThat(Admission.ofNew(LIMITS, used(5_000, 5_000), less).isGranted())
                .isTrue();
        assertThat(Admission.ofKept(LIMITS, used(5_000, 5_000), less).isGranted())
                .isTrue();
    }

    @Test
    void nothingIsLessThanNothing() {
        assertThatThrownBy(() -> new Amounts(Map.of(Resource.SERVICES, -1L)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("-1");
        assertThatThrownBy(() -> new Shortage(Resource.SERVICES, 1, 1, -1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** Whatever is asked in whatever order: what is granted stays within the limit, and what is refused would not have. */
    @ParameterizedTest
    @ValueSource(longs = {1, 42, 20_261_128})
    void grantsNeverAddUpToMoreThanTheLimit(long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        Amounts limits = Amounts.each(resource -> random.nextLong(0, 1_000));
        Amounts used = Amounts.NONE;
        int granted = 0;
        for (int i = 0; i < CASES; i++) {
            Map<Resource, Long> change = change(random, used);
            Admission admission = random.nextBoolean()
                    ? Admission.ofNew(limits, used, change)
                    : Admission.ofKept(limits, used, change);
            Amounts before = used;
            Amounts after = Amounts.each(resource -> before.of(resource) + change.getOrDefault(resource, 0L));
            if (admission.isGranted()) {
                granted++;
                used = after;
                assertThat(Resource.values())
                        .allSatisfy(resource -> assertThat(after.of(resource))
                                .as("%s after %s", resource, change)
                                .isLessThanOrEqualTo(limits.of(resource)));
            } else {
                assertThat(admission.shortages()).allSatisfy(shortage -> {
                    assertThat(after.of(shortage.resource())).isGreaterThan(limits.of(shortage.resource()));
                    assertThat(shortage.used()).isEqualTo(before.of(shortage.resource()));
                    assertThat(shortage.limit()).isEqualTo(limits.of(shortage.resource()));
                });
            }
        }
        assertThat(granted).isBetween(CASES / 20, CASES - CASES / 20);
    }

    /** More or less of some of the resources, never less than there is. */
    private static Map<Resource, Long> change(RandomGenerator random, Amounts used) {
        Map<Resource, Long> change = new EnumMap<>(Resource.class);
        for (Resource resource : Resource.values()) {
            if (random.nextInt(3) == 0) {
                change.put(resource, Math.max(-used.of(resource), random.nextLong(-200, 200)));
            }
        }
        return change;
    }

    private static Amounts used(long cpuMillis, long memoryMb) {
        return new Amounts(Map.of(Resource.CPU_MILLIS, cpuMillis, Resource.MEMORY_MB, memoryMb));
    }
}
