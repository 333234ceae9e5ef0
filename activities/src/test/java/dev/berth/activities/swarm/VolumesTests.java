package dev.berth.activities.swarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.activities.TestImage;
import dev.berth.activities.swarm.RevisionObserver.Failed;
import dev.berth.activities.swarm.RevisionObserver.Healthy;
import dev.berth.domain.DeploymentRef;
import dev.berth.domain.FailureCode;
import dev.berth.domain.ServiceRef;
import dev.berth.testkit.RealPart;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Volumes as a real engine makes, mounts and removes them. */
@RealPart({"docker", "registry", "app"})
final class VolumesTests {
    private static final Duration SOON = Duration.ofSeconds(60);

    private final TestSwarm swarm = new TestSwarm();
    private final ServiceRef service = new ServiceRef(swarm.organization, swarm.service);
    private final String name = VolumeMount.name(swarm.instance, swarm.service);
    private TestImage image;

    @BeforeEach
    void pushTheImage() throws Exception {
        image = TestImage.push("test/app");
    }

    @AfterEach
    void removeEverything() throws Exception {
        swarm.close();
    }

    @Test
    void theEngineMakesItWithOurLabelsAndMountsItWritable() {
        RevisionSpec spec = spec(Optional.empty());
        swarm.create(spec);
        Healthy healthy = swarm.awaitHealthy(spec, image);
        assertThat(swarm.volumes.all()).containsExactly(new Volumes.Seen(service, name));
        JsonNode container = swarm.engine.get(
                "/containers/" + healthy.tasks().getFirst().containerId().orElseThrow() + "/json");
        JsonNode mount = mount(container);
        assertThat(mount.path("Type").asText()).isEqualTo("volume");
        assertThat(mount.path("Name").asText()).isEqualTo(name);
        assertThat(mount.path("RW").asBoolean()).isTrue();
        assertThat(container.at("/HostConfig/ReadonlyRootfs").asBoolean()).isTrue();
        assertThat(container.at("/Config/User").asText()).isEqualTo("1000:1000");
    }

    @Test
    void scaledUpBehindOurBackItHasOneWriterStill() {
        RevisionSpec spec = spec(Optional.empty());
        swarm.create(spec);
        swarm.awaitHealthy(spec, image);
        swarm.revisions.scale(spec.deployment(), 2);
        await().atMost(SOON)
                .until(() -> swarm.revisions.tasks(spec.deployment()).stream()
                        .anyMatch(task -> task.state() == TaskState.PENDING
                                && task.error().contains("max replicas per node")));
        assertThat(swarm.revisions.tasks(spec.deployment()).stream().filter(Task::serves))
                .hasSize(1);
    }

    @Test
    void itGoesWhenNobodyHasItAnyMoreAndIsRefusedBefore() {
        RevisionSpec spec = spec(Optional.empty());
        swarm.create(spec);
        swarm.awaitHealthy(spec, image);
        assertThat(catchThrowableOfType(EngineException.class, () -> swarm.volumes.remove(service))
                        .isConflict())
                .isTrue();
        swarm.revisions.remove(spec.deployment());
        await().atMost(SOON).ignoreExceptions().until(() -> {
            swarm.volumes.remove(service);
            return swarm.volumes.all().isEmpty();
        });
        swarm.volumes.remove(service);
    }

    @Test
    void anotherInstallationNeitherSeesNorRemovesIt() {
        make(name, swarm.instance, service);
        Volumes others = new Volumes(swarm.engine, "somebody-else");
        assertThat(others.all()).isEmpty();
        others.remove(service);
        assertThat(swarm.volumes.all()).hasSize(1);
    }

    @Test
    void onlyNameAndLabelsTogetherMakeItOurs() {
        String theirs = "theirs-" + swarm.instance;
        make(theirs, swarm.instance, service);
        swarm.engine.post("/volumes/create", swarm.engine.object().put("Name", name));
        try {
            assertThat(swarm.volumes.all()).isEmpty();
            swarm.volumes.remove(service);
            assertThat(swarm.engine.get("/volumes/" + name).path("Name").asText())
                    .isEqualTo(name);
            assertThat(swarm.engine.get("/volumes/" + theirs).path("Name").asText())
                    .isEqualTo(theirs);
        } finally {
            swarm.engine.delete("/volumes/" + name);
            swarm.engine.delete("/volumes/" + theirs);
        }
    }

    /** Most filesystems have no project quotas; then nothing runs, rather than something without its limit. */
    @Test
    void aSizeIsHeldOrTheHostRefuses() {
        RevisionSpec spec = spec(Optional.of(64));
        swarm.create(spec);
        switch (swarm.awaitEnd(spec, image)) {
            case Healthy _ ->
                assertThat(swarm.engine
                                .get("/volumes/" + name)
                                .at("/Options/size")
                                .asText())
                        .isEqualTo("64m");
            case Failed failed -> {
                assertThat(failed.code()).isEqualTo(FailureCode.HOST_REFUSED);
                assertThat(failed.task().orElseThrow().error()).contains("quota");
            }
            default -> throw new AssertionError("neither came up nor failed");
        }
    }

    private RevisionSpec spec(Optional<Integer> quotaMb) {
        DeploymentRef deployment = swarm.deployment();
        RevisionSpec plain = swarm.spec(deployment, image, 1, Map.of());
        return new RevisionSpec(
                plain.instance(),
                deployment,
                plain.slug(),
                plain.image(),
                plain.env(),
                plain.port(),
                plain.healthPath(),
                plain.replicas(),
                plain.milliCpus(),
                plain.memoryBytes(),
                plain.startPeriod(),
                Optional.of(new VolumeMount(service, swarm.volumes.node(), quotaMb)));
    }

    private void make(String named, String instance, ServiceRef of) {
        var body = swarm.engine.object().put("Name", named);
        body.putObject("Labels")
                .put("berth.instance", instance)
                .put("berth.organization", of.organizationId().toString())
                .put("berth.service", of.serviceId().toString());
        swarm.engine.post("/volumes/create", body);
    }

    private static JsonNode mount(JsonNode container) {
        for (JsonNode mount : container.path("Mounts")) {
            if (mount.path("Destination").asText().equals("/data")) {
                return mount;
            }
        }
        throw new AssertionError("no mount at /data: " + container.path("Mounts"));
    }
}
