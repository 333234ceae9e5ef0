package dev.berth.activities.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.berth.activities.TestRegistry;
import dev.berth.activities.image.FabricatedStore;
import dev.berth.activities.image.Image;
import dev.berth.activities.image.ImagePacker;
import dev.berth.activities.image.LayerCache;
import dev.berth.domain.FailureCode;
import dev.berth.domain.ServiceRef;
import dev.berth.testkit.RealPart;
import io.temporal.failure.ApplicationFailure;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@RealPart("registry")
final class RegistryClientTests {
    @TempDir
    private Path folder;

    private final RegistryClient registry = TestRegistry.client();
    private final ImagePusher pusher = new ImagePusher(registry, () -> Long.MAX_VALUE);
    private final Repository repository = aRepository();

    @Test
    void pushesAnImageThatTheRegistryGivesBackByTheSameDigest() {
        Image image = pack("v1");
        ImagePusher.Pushed pushed = pusher.push(repository, image, "one", () -> {});
        assertThat(pushed.layers()).isEqualTo(image.layers().size());
        assertThat(pushed.bytes()).isGreaterThan(3 << 20);
        assertThat(registry.resolve(repository, "one", () -> {})).contains(image.digest());
        assertThat(registry.exists(repository, image.digest(), () -> {})).isTrue();
        assertThat(registry.tags(repository, () -> {})).containsExactly("one");
    }

    @Test
    void pushesNothingTwice() {
        Image image = pack("v1");
        pusher.push(repository, image, "one", () -> {});
        ImagePusher.Pushed again = pusher.push(repository, image, "one", () -> {});
        assertThat(again.bytes()).isZero();
        assertThat(again.layers()).isZero();
    }

    @Test
    void pushesTheAppsLayerAloneAfterAChangeOfOneLine() {
        pusher.push(repository, pack("v1"), "one", () -> {});
        ImagePusher.Pushed pushed = pusher.push(repository, pack("v2"), "two", () -> {});
        assertThat(pushed.layers()).isEqualTo(1);
        assertThat(pushed.bytes()).isLessThan(100_000);
        assertThat(registry.tags(repository, () -> {})).containsExactlyInAnyOrder("one", "two");
    }

    @Test
    void borrowsLayersOfAnotherServiceInsteadOfSendingThem() {
        pusher.push(repository, pack("v1"), "one", () -> {});
        ImagePusher.Pushed pushed = pusher.push(aRepository(), pack("v1"), "one", () -> {});
        assertThat(pushed.layers()).isZero();
        assertThat(pushed.bytes()).isLessThan(10_000);
    }

    @Test
    void removesOneTagAndLeavesTheImageToTheOthers() {
        Image image = pack("v1");
        pusher.push(repository, image, "one", () -> {});
        assertThat(registry.tag(repository, image.digest(), "two", () -> {})).isTrue();
        assertThat(registry.tag(repository, image.digest(), "two", () -> {})).isTrue();
        registry.untag(repository, "one", () -> {});
        registry.untag(repository, "one", () -> {});
        assertThat(registry.tags(repository, () -> {})).containsExactly("two");
        assertThat(registry.resolve(repository, "two", () -> {})).contains(image.digest());
    }

    @Test
    void deletesAnImageWithAllItsTags() {
        Image image = pack("v1");
        pusher.push(repository, image, "one", () -> {});
        registry.tag(repository, image.digest(), "two", () -> {});
        registry.delete(repository, image.digest(), () -> {});
        registry.delete(repository, image.digest(), () -> {});
        assertThat(registry.exists(repository, image.digest(), () -> {})).isFalse();
        assertThat(registry.tags(repository, () -> {})).isEmpty();
        assertThat(registry.tag(repository, image.digest(), "three", () -> {})).isFalse();
    }

    @Test
    void listsMoreTagsThanOnePageHolds() {
        Image image = pack("v1");
        pusher.push(repository, image, "one", () -> {});
        for (int i = 0; i < 210; i++) {
            registry.putManifest(
                    repository,
                    "tag-" + i,
                    new RegistryClient.Manifest(image.manifest(), Image.MANIFEST_TYPE),
                    () -> {});
        }
        assertThat(registry.tags(repository, () -> {})).hasSize(211);
    }

    @Test
    void saysThatARepositoryThatDoesNotExistHasNothing() {
        assertThat(registry.tags(repository, () -> {})).isEmpty();
        assertThat(registry.resolve(repository, "one", () -> {})).isEmpty();
    }

    @Test
    void refusesAManifestWhoseBlobsAreMissing() {
        Image image = pack("v1");
        assertThat(registry.putManifest(
                        repository,
                        "one",
                        new RegistryClient.Manifest(image.manifest(), Image.MANIFEST_TYPE),
                        () -> {}))
                .isFalse();
    }

    @Test
    void refusesToPushWhatTheDiskCannotHold() {
        Image image = pack("v1");
        ImagePusher cramped = new ImagePusher(registry, () -> 10L << 20);
        ApplicationFailure thrown =
                catchThrowableOfType(ApplicationFailure.class, () -> cramped.push(repository, image, "one", () -> {}));
        assertThat(thrown.getType()).isEqualTo(FailureCode.NO_SPACE.name());
        assertThat(thrown.getMessage()).contains("10 MB are free");
        assertThat(registry.tags(repository, () -> {})).isEmpty();
    }

    @Test
    void saysThatTheRegistryIsDown() {
        RegistryClient nobody = new RegistryClient(URI.create("http://127.0.0.1:1"));
        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(() -> nobody.hasBlob(repository, Image.digestOf("x"), () -> {}));
        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(() -> nobody.pushBlob(repository, Blob.of("x"), Optional.empty(), () -> {}));
    }

    private Image pack(String source) {
        FabricatedStore store = FabricatedStore.withApp(folder.resolve(source), source);
        LayerCache cache = new LayerCache(folder.resolve("layers"), Long.MAX_VALUE);
        return new ImagePacker(store, cache).pack(store.output(), () -> {});
    }

    private static Repository aRepository() {
        return Repository.of(new ServiceRef(UUID.randomUUID(), UUID.randomUUID()));
    }
}
