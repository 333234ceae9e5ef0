package dev.berth.activities.swarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.domain.DeploymentRef;
import dev.berth.domain.ReleaseCommand;
import dev.berth.domain.ServiceRef;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What Swarm is told of a volume; no engine is asked. */
final class VolumeMountTests {
    private static final ApiVersion VERSION = new ApiVersion(1, 45);
    private static final ServiceRef SERVICE = new ServiceRef(new UUID(1, 1), new UUID(2, 2));
    private static final DeploymentRef DEPLOYMENT =
            new DeploymentRef(SERVICE.organizationId(), SERVICE.serviceId(), new UUID(3, 3));
    private static final Optional<VolumeMount> UNLIMITED =
            Optional.of(new VolumeMount(SERVICE, "node1", Optional.empty()));

    @Test
    void theTaskGetsItByItsNameOnItsHostAndOneAtATime() {
        JsonNode task = spec(UNLIMITED, 1).toJson(VERSION, "network").path("TaskTemplate");
        assertThat(task.path("Placement").toString())
                .isEqualTo("{\"Constraints\":[\"node.id==node1\"],\"MaxReplicas\":1}");
        JsonNode mount = task.at("/ContainerSpec/Mounts/2");
        assertThat(mount.path("Type").asText()).isEqualTo("volume");
        assertThat(mount.path("Target").asText()).isEqualTo("/data");
        assertThat(mount.path("Source").asText()).isEqualTo("berth-mine-" + SERVICE.serviceId());
        assertThat(mount.at("/VolumeOptions/Labels/berth.instance").asText()).isEqualTo("mine");
        assertThat(mount.at("/VolumeOptions/Labels/berth.organization").asText())
                .isEqualTo(SERVICE.organizationId().toString());
        assertThat(mount.at("/VolumeOptions/Labels/berth.service").asText())
                .isEqualTo(SERVICE.serviceId().toString());
        assertThat(mount.path("VolumeOptions").has("DriverConfig")).isFalse();
        assertThat(task.at("/ContainerSpec/ReadOnly").asBoolean())
                .as("all but the volume is as it is without one")
                .isTrue();
    }

    @Test
    void theEngineIsToldTheSizeWhereItIsToHoldIt() {
        JsonNode mount = spec(Optional.of(new VolumeMount(SERVICE, "node1", Optional.of(100))), 1)
                .toJson(VERSION, "network")
                .at("/TaskTemplate/ContainerSpec/Mounts/2");
        assertThat(mount.at("/VolumeOptions/DriverConfig").toString())
                .isEqualTo("{\"Name\":\"local\",\"Options\":{\"size\":\"100m\"}}");
    }

    @Test
    void withoutOneATaskMayBeAnywhere() {
        JsonNode task = spec(Optional.empty(), 3).toJson(VERSION, "network").path("TaskTemplate");
        assertThat(task.has("Placement")).isFalse();
        assertThat(task.at("/ContainerSpec/Mounts")).hasSize(2);
    }

    @Test
    void theReleaseCommandDoesNotGetIt() {
        JsonNode task = new JobSpec(spec(UNLIMITED, 1), new ReleaseCommand(List.of("migrate")))
                .toJson(VERSION, "network")
                .path("TaskTemplate");
        assertThat(task.has("Placement")).isFalse();
        assertThat(task.at("/ContainerSpec/Mounts").toString()).doesNotContain("volume", "/data");
    }

    @Test
    void itIsForOneReplicaOrNone() {
        assertThatThrownBy(() -> spec(UNLIMITED, 2)).isInstanceOf(IllegalArgumentException.class);
        assertThat(spec(UNLIMITED, 0).replicas()).isZero();
    }

    @Test
    void aNodeIsNoOtherConstraint() {
        assertThatThrownBy(() -> new VolumeMount(SERVICE, "node1 || node.role==manager", Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void twoInstallationsNeverShareOne() {
        UUID id = SERVICE.serviceId();
        assertThat(VolumeMount.name("mine", id)).isNotEqualTo(VolumeMount.name("yours", id));
        assertThat(VolumeMount.name("our / place", id)).isEqualTo("berth-our---place-" + id);
    }

    private static RevisionSpec spec(Optional<VolumeMount> volume, int replicas) {
        return new RevisionSpec(
                "mine",
                DEPLOYMENT,
                "shop",
                "registry/shop@sha256:" + "a".repeat(64),
                Map.of(),
                8080,
                "/",
                replicas,
                500,
                64L << 20,
                Duration.ofSeconds(60),
                volume);
    }
}
