package dev.berth.activities.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.activities.TestImage;
import dev.berth.store.Hosts.Seen;
import dev.berth.store.Hosts.Seen.State;
import dev.berth.testkit.RealPart;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SwarmNodesTests {
    @Test
    void readsWhatNodesHaveAndWhatTheirTasksReserved() throws IOException {
        JsonNode nodes = json("""
                [{"ID": "m2wq8k1v0y3xa7b9c5d4e6f8g", "Spec": {"Availability": "active"}, "Status": {"State": "ready"},
                  "Description": {"Hostname": "Node-1.example.org",
                    "Resources": {"NanoCPUs": 4000000000, "MemoryBytes": 8589934592}}}]""");
        JsonNode tasks = json("""
                [{"NodeID": "m2wq8k1v0y3xa7b9c5d4e6f8g", "Spec": {"Resources":
                    {"Reservations": {"NanoCPUs": 125000000, "MemoryBytes": 268435456}}}},
                 {"NodeID": "m2wq8k1v0y3xa7b9c5d4e6f8g", "Spec": {"Resources":
                    {"Reservations": {"NanoCPUs": 250000000, "MemoryBytes": 1}}}},
                 {"NodeID": "m2wq8k1v0y3xa7b9c5d4e6f8g", "Spec": {}},
                 {"NodeID": "", "Spec": {"Resources": {"Reservations": {"MemoryBytes": 77}}}}]""");
        assertThat(SwarmNodes.of(nodes, tasks))
                .containsExactly(new Seen(
                        "m2wq8k1v0y3xa7b9c5d4e6f8g",
                        "node-1-example-org-m2wq8k1v0y3x",
                        State.ACTIVE,
                        4_000,
                        8_589_934_592L,
                        375,
                        268_435_457L));
    }

    @Test
    void aPausedOrDrainedNodeDrainsAndOneThatIsNotReadyIsUnhealthy() throws IOException {
        JsonNode nodes = json("""
                [{"ID": "a", "Spec": {"Availability": "drain"}, "Status": {"State": "ready"}},
                 {"ID": "b", "Spec": {"Availability": "pause"}, "Status": {"State": "ready"}},
                 {"ID": "c", "Spec": {"Availability": "active"}, "Status": {"State": "down"}}]""");
        List<Seen> seen = SwarmNodes.of(nodes, json("[]"));
        assertThat(seen.stream().map(Seen::state)).containsExactly(State.DRAINING, State.DRAINING, State.UNHEALTHY);
        assertThat(seen.stream().map(Seen::name)).containsExactly("a", "b", "c");
    }

    @Test
    @RealPart({"docker", "registry", "app"})
    void countsWhatATaskReservesOnTheEngine() throws Exception {
        try (TestSwarm swarm = new TestSwarm()) {
            Seen before = SwarmNodes.of(swarm.engine).getFirst();
            assertThat(before.state()).isEqualTo(State.ACTIVE);
            assertThat(before.cpuMillis()).isPositive();
            assertThat(before.memoryBytes()).isPositive();
            TestImage image = TestImage.push("test/app");
            RevisionSpec spec = swarm.spec(swarm.deployment(), image, 2, Map.of());
            swarm.create(spec);
            swarm.awaitHealthy(spec, image);
            Seen after = SwarmNodes.of(swarm.engine).getFirst();
            assertThat(after.reservedMemoryBytes() - before.reservedMemoryBytes())
                    .isEqualTo(2 * spec.memoryBytes());
            assertThat(after.reservedCpuMillis() - before.reservedCpuMillis()).isEqualTo(2 * spec.milliCpus() / 4);
        }
    }

    private static JsonNode json(String text) throws IOException {
        return Engine.JSON.readTree(text);
    }
}
