package dev.berth.domain.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.domain.placement.Placement.Fits;
import dev.berth.domain.placement.Placement.Missing;
import dev.berth.domain.quota.Resource;
import dev.berth.domain.quota.Shortage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PlacementTests {
    private static final int CASES = 5_000;

    @Test
    void spreadsOverHosts() {
        Host one = host(1, 4_000, 4_096);
        Host other = host(2, 4_000, 2_048);
        assertThat(Placement.of(List.of(one, other), new Demand(3, 100, 256)))
                .isEqualTo(new Fits(Map.of(one.id(), 2, other.id(), 1)));
    }

    @Test
    void saysWhatIsMissing() {
        Host almostFull = new Host(new UUID(0, 1), true, 2_000, 1_024, 0, 900);
        assertThat(Placement.of(List.of(almostFull), new Demand(2, 100, 100)))
                .isEqualTo(new Missing(1, List.of(new Shortage(Resource.MEMORY_MB, 200, 900, 1_024))));
    }

    @Test
    void namesBothWhereNoHostHasBoth() {
        Host processors = host(1, 4_000, 10);
        Host memory = host(2, 10, 4_096);
        assertThat(Placement.of(List.of(processors, memory), new Demand(1, 100, 256)))
                .isEqualTo(new Missing(
                        0,
                        List.of(
                                new Shortage(Resource.CPU_MILLIS, 100, 0, 4_010),
                                new Shortage(Resource.MEMORY_MB, 256, 0, 4_106))));
    }

    @Test
    void aHostThatTakesNothingNewCountsForNothing() {
        Host draining = new Host(new UUID(0, 1), false, 4_000, 4_096, 0, 0);
        assertThat(Placement.of(List.of(draining), new Demand(1, 100, 256)))
                .isEqualTo(new Missing(
                        0,
                        List.of(
                                new Shortage(Resource.CPU_MILLIS, 100, 0, 0),
                                new Shortage(Resource.MEMORY_MB, 256, 0, 0))));
    }

    @Test
    void noReplicasFitAnywhereAndAHostThatWasMadeSmallerHasNoRoom() {
        assertThat(Placement.of(List.of(), new Demand(0, 100, 256))).isEqualTo(new Fits(Map.of()));
        Host shrunk = new Host(new UUID(0, 1), true, 1_000, 1_024, 2_000, 2_048);
        assertThat(shrunk.freeCpuMillis()).isZero();
        assertThat(Placement.of(List.of(shrunk), new Demand(1, 1, 1))).isInstanceOf(Missing.class);
    }

    @Test
    void aQuarterOfTheProcessorsIsReservedAndAllOfTheMemory() {
        assertThat(Demand.ofLimits(3, 500, 256)).isEqualTo(new Demand(3, 125, 256));
        assertThatThrownBy(() -> new Demand(1, 100, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    /** For any hosts: what is placed fits, is spread, does not depend on the hosts' order, and nothing that would fit is refused. */
    @ParameterizedTest
    @ValueSource(longs = {1, 42, 20_261_128})
    void holdsItsPromisesForAnyHosts(long seed) {
        Random random = new Random(seed);
        int fits = 0;
        for (int i = 0; i < CASES; i++) {
            List<Host> hosts = hosts(random);
            Demand demand = new Demand(random.nextInt(12), 1 + random.nextInt(400), 1 + random.nextInt(400));
            Placement placement = Placement.of(hosts, demand);
            long room = hosts.stream()
                    .filter(Host::schedulable)
                    .mapToLong(host -> countOneByOne(host, demand))
                    .sum();
            String what = "seed %d, case %d: %s on %s".formatted(seed, i, demand, hosts);
            switch (placement) {
                case Fits placed -> {
                    fits++;
                    assertThat(room).as(what).isGreaterThanOrEqualTo(demand.replicas());
                    check(hosts, demand, placed, what);
                }
                case Missing missing -> {
                    assertThat((long) missing.fitting())
                            .as(what)
                            .isEqualTo(room)
                            .isLessThan(demand.replicas());
                    assertThat(missing.shortages()).as(what).isNotEmpty();
                }
            }
            List<Host> shuffled = new ArrayList<>(hosts);
            Collections.shuffle(shuffled, random);
            assertThat(Placement.of(shuffled, demand)).as(what).isEqualTo(placement);
        }
        assertThat(fits).isBetween(CASES / 10, CASES - CASES / 10);
    }

    private static void check(List<Host> hosts, Demand demand, Fits placed, String what) {
        assertThat(placed.replicas().values().stream().mapToInt(count -> count).sum())
                .as(what)
                .isEqualTo(demand.replicas());
        for (Host host : hosts) {
            int here = placed.replicas().getOrDefault(host.id(), 0);
            assertThat(here * demand.cpuMillis()).as(what).isLessThanOrEqualTo(here == 0 ? 0 : host.freeCpuMillis());
            assertThat(here * demand.memoryMb()).as(what).isLessThanOrEqualTo(here == 0 ? 0 : host.freeMemoryMb());
            boolean full = !host.schedulable() || countOneByOne(host, demand) == here;
            int most = placed.replicas().values().stream()
                    .mapToInt(count -> count)
                    .max()
                    .orElse(0);
            assertThat(full || here >= most - 1)
                    .as("%s has %d while another has %d; %s", host, here, most, what)
                    .isTrue();
        }
    }

    /** How many replicas the host takes, found the slow way; more than a case ever asks for is as good as any number. */
    private static long countOneByOne(Host host, Demand demand) {
        long count = 0;
        long cpu = host.cpuMillis() - host.reservedCpuMillis() - demand.cpuMillis();
        long memory = host.memoryMb() - host.reservedMemoryMb() - demand.memoryMb();
        while (cpu >= 0 && memory >= 0) {
            count++;
            cpu -= demand.cpuMillis();
            memory -= demand.memoryMb();
        }
        return count;
    }

    private static List<Host> hosts(Random random) {
        List<Host> hosts = new ArrayList<>();
        for (int i = random.nextInt(6); i > 0; i--) {
            hosts.add(new Host(
                    new UUID(random.nextLong(), i),
                    random.nextInt(5) > 0,
                    random.nextInt(2_000),
                    random.nextInt(2_000),
                    random.nextInt(1_000),
                    random.nextInt(1_000)));
        }
        return hosts;
    }

    private static Host host(int id, long cpuMillis, long memoryMb) {
        return new Host(new UUID(0, id), true, cpuMillis, memoryMb, 0, 0);
    }
}
