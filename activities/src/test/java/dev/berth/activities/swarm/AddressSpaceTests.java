package dev.berth.activities.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.activities.TestImage;
import dev.berth.testkit.RealPart;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class AddressSpaceTests {
    @Test
    void countsAddressesOfTasksOfLoadBalancersAndOfTheGateway() {
        ArrayNode networks = networks(1);
        ArrayNode tasks = tasks(5);
        AddressSpace space = AddressSpace.of(swarm("10.128.0.0/12"), networks, tasks);
        assertThat(space.networks()).isEqualTo(1);
        assertThat(space.networksAtMost()).isEqualTo(4_096);
        // On two hosts.
        assertThat(space.use()).containsEntry("n0", new AddressSpace.Use("org-0", 1 + 5 + 2, 254));
        assertThat(space.warnings()).isEmpty();
        assertThat(space.words()).isEqualTo("1 of 4096 networks, the fullest with 8 of 254 addresses");
    }

    @Test
    void saysSoBeforeThePoolIsUsedUp() {
        assertThat(AddressSpace.of(swarm("10.128.0.0/20"), networks(12), tasks(0))
                        .warnings())
                .isEmpty();
        assertThat(AddressSpace.of(swarm("10.128.0.0/20"), networks(13), tasks(0))
                        .warnings())
                .containsExactly("Swarm's address pool fills up: 13 of 16 networks (81 %)");
        assertThat(AddressSpace.of(swarm("10.128.0.0/20"), networks(15), tasks(0))
                        .warnings())
                .containsExactly("Swarm's address pool is almost used up: 15 of 16 networks (93 %)");
    }

    @Test
    void saysSoBeforeOneNetworkIsFullAndRefusesTheDeploymentThatWouldNotFit() {
        AddressSpace filling = AddressSpace.of(swarm("10.128.0.0/12"), networks(1), tasks(205));
        assertThat(filling.warnings()).containsExactly("The network org-0 fills up: 208 of 254 addresses (81 %)");
        assertThat(filling.use().get("n0").full()).isFalse();
        AddressSpace full = AddressSpace.of(swarm("10.128.0.0/12"), networks(1), tasks(242));
        assertThat(full.warnings()).containsExactly("The network org-0 is almost used up: 245 of 254 addresses (96 %)");
        assertThat(full.use().get("n0").full()).isTrue();
    }

    @Test
    @RealPart({"docker", "registry", "app"})
    void agreesWithWhatTheEngineGaveAway() throws Exception {
        try (TestSwarm swarm = new TestSwarm()) {
            TestImage image = TestImage.push("test/app");
            RevisionSpec spec = swarm.spec(swarm.deployment(), image, 3, Map.of());
            swarm.create(spec);
            swarm.awaitHealthy(spec, image);
            String network = swarm.networks.find(swarm.organization).orElseThrow();
            JsonNode endpoints = swarm.engine.get("/networks/" + network).path("Containers");
            AddressSpace space = AddressSpace.of(swarm.engine);
            assertThat(endpoints.size()).as("three tasks and a load balancer").isEqualTo(4);
            assertThat(space.use().get(network).taken()).isEqualTo(1 + endpoints.size());
            assertThat(space.networksAtMost()).isPositive();
        }
    }

    private static ObjectNode swarm(String pool) {
        ObjectNode swarm = Engine.JSON.createObjectNode().put("SubnetSize", 24);
        swarm.putArray("DefaultAddrPool").add(pool);
        return swarm;
    }

    private static ArrayNode networks(int count) {
        ArrayNode networks = Engine.JSON.createArrayNode();
        for (int i = 0; i < count; i++) {
            networks.addObject()
                    .put("Id", "n" + i)
                    .put("Name", "org-" + i)
                    .putObject("IPAM")
                    .putArray("Config")
                    .addObject()
                    .put("Subnet", "10.128." + i + ".0/24");
        }
        return networks;
    }

    private static ArrayNode tasks(int count) {
        ArrayNode tasks = Engine.JSON.createArrayNode();
        for (int i = 0; i < count; i++) {
            ObjectNode attachment = tasks.addObject()
                    .put("NodeID", "host-" + i % 2)
                    .putArray("NetworksAttachments")
                    .addObject();
            attachment.putObject("Network").put("ID", "n0");
            attachment.putArray("Addresses").add("10.128.0." + (i + 3) + "/24");
        }
        return tasks;
    }
}
