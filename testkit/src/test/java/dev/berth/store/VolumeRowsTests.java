package dev.berth.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.domain.DeploymentRef;
import dev.berth.domain.ServiceRef;
import dev.berth.domain.Volume;
import dev.berth.domain.quota.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Where a volume is, how large, and which deployments get it; the sample's one has 100 MB. */
final class VolumeRowsTests {
    private final Sample sample = new Sample();
    private final Service service = Sample.withVolume(sample.organization, "kept");
    private final ServiceRef ref = service.ref();
    private final Utilisation utilisation = new Utilisation(sample.source);
    private final JdbcClient owner = JdbcClient.create(sample.database.ownerDataSource());

    @BeforeEach
    void insert() {
        in(() -> sample.services.insert(service));
    }

    @Test
    void itIsNowhereUntilSomebodyPlacesItAndThenStaysThere() {
        assertThat(volume()).contains(new Volume(100, Optional.empty()));
        in(() -> sample.services.placeVolume(ref, "first"));
        assertThat(node()).contains("first");
        in(() -> sample.services.placeVolume(ref, "second"));
        assertThat(node()).contains("first");
    }

    @Test
    void ofManyWhoPlaceItAtOnceOneDecidesAndAllSeeWhatItDecided() throws Exception {
        List<Future<Optional<String>>> placing = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 8; i++) {
                String mine = "node" + i;
                placing.add(threads.submit(() -> sample.again(() -> {
                    sample.services.placeVolume(ref, mine);
                    return sample.services.find(ref).orElseThrow().volume().flatMap(Volume::node);
                })));
            }
        }
        Set<Optional<String>> seen = placing.stream().map(Future::resultNow).collect(Collectors.toSet());
        assertThat(seen).containsExactly(node());
    }

    @Test
    void aServiceWithoutOneHasNoPlaceForIt() {
        in(() -> sample.services.placeVolume(sample.service.ref(), "first"));
        assertThat(sample.again(() -> sample.services.find(sample.service.ref()))
                        .orElseThrow()
                        .volume())
                .isEmpty();
    }

    @Test
    void aChangeOfItsSizeLeavesItWhereItIs() {
        in(() -> sample.services.placeVolume(ref, "first"));
        // As somebody wrote it who read the row before it was placed.
        assertThat(sample.again(() -> sample.services.update(larger()))).isTrue();
        assertThat(volume()).contains(new Volume(200, Optional.of("first")));
    }

    @Test
    void itCountsAsStorageFromTheRequestToTheEndOfItsService() {
        assertThat(storage()).isEqualTo(100);
        in(() -> sample.services.update(larger()));
        assertThat(storage()).isEqualTo(200);
        sample.database.organization();
        assertThat(owner.sql("select sum(storage_mb) from organization_usage")
                        .query(Long.class)
                        .single())
                .as("of all organisations")
                .isEqualTo(200);
        in(() -> sample.services.delete(ref));
        assertThat(storage()).isZero();
    }

    @Test
    void aDeploymentKeepsWhetherItGetsIt() {
        DeploymentRef before = sample.deployment();
        DeploymentRef with = new DeploymentRef(sample.organization, service.id(), Ids.next());
        in(() -> sample.deployments.insert(with, Optional.empty(), Deployment.Configuration.of(service)));
        assertThat(configuration(before).volume()).isFalse();
        assertThat(configuration(with).volume()).isTrue();
    }

    @Test
    void noRowSaysThatMoreThanOneMayWriteIntoIt() {
        for (String write : List.of(
                "update container_services set replicas = 2",
                "update container_services set strategy = 'blue_green'",
                "update container_services set volume_mb = 63",
                "update container_services set volume_mb = null, volume_node = 'first'",
                "update container_services set volume_node = 'a b'")) {
            assertThatThrownBy(() -> owner.sql(write + " where id = ?")
                            .param(service.id())
                            .update())
                    .as(write)
                    .isInstanceOf(DataIntegrityViolationException.class);
        }
        in(() -> sample.services.setReplicas(ref, 1));
    }

    private Service larger() {
        Service row = service;
        return new Service(
                row.id(),
                row.organizationId(),
                row.templateId(),
                row.name(),
                row.slug(),
                row.host(),
                row.gitUrl(),
                row.gitBranch(),
                row.replicas(),
                row.cpuMillis(),
                row.memoryMb(),
                row.port(),
                row.healthPath(),
                row.env(),
                row.rollout(),
                Optional.of(new Volume(200, Optional.empty())),
                row.status(),
                row.currentDeploymentId(),
                row.version(),
                row.createdAt(),
                row.updatedAt());
    }

    private Optional<Volume> volume() {
        return sample.again(() -> sample.services.find(ref)).orElseThrow().volume();
    }

    private Optional<String> node() {
        return volume().flatMap(Volume::node);
    }

    private long storage() {
        return sample.again(() -> utilisation.now(sample.organization)).of(Resource.STORAGE_MB);
    }

    private Deployment.Configuration configuration(DeploymentRef deployment) {
        return sample.again(() -> sample.deployments.find(deployment))
                .orElseThrow()
                .configuration();
    }

    private void in(Runnable work) {
        sample.tenancy.inOrg(sample.organization, work);
    }
}
