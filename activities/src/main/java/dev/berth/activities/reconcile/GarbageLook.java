package dev.berth.activities.reconcile;

import dev.berth.activities.nix.NixStore;
import dev.berth.activities.registry.RegistryClient;
import dev.berth.activities.registry.Repository;
import dev.berth.domain.ImageDigest;
import dev.berth.domain.ServiceRef;
import dev.berth.domain.reconcile.Finding;
import dev.berth.domain.reconcile.Garbage;
import dev.berth.store.DriftRows;
import dev.berth.store.Tenancy;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/** Compares what registry and Nix store keep with what the rows refer to. */
public final class GarbageLook {
    /** A build ends some moments before its roots are let go. */
    private static final Duration QUIET = Duration.ofMinutes(2);

    private final Tenancy tenancy;
    private final DriftRows rows;
    private final RegistryClient registry;
    private final NixStore store;

    public GarbageLook(DataSource source, RegistryClient registry, NixStore store) {
        this.tenancy = new Tenancy(source);
        this.rows = new DriftRows(source);
        this.registry = registry;
        this.store = store;
    }

    /**
     * One service on which nobody works.
     *
     * @throws RuntimeException where the registry does not answer
     */
    public List<Finding> images(ServiceRef service) {
        Repository repository = Repository.of(service);
        Map<String, ImageDigest> held = new HashMap<>();
        for (String tag : registry.tags(repository, () -> {})) {
            registry.resolve(repository, tag, () -> {}).ifPresent(digest -> held.put(tag, digest));
        }
        // After the registry: what is pushed meanwhile is not judged by rows that are older than it.
        Set<ImageDigest> kept = tenancy.asPlatform("reconcile", () -> rows.keptImages(service.serviceId()));
        Set<ImageDigest> present = kept.stream()
                .filter(digest -> registry.exists(repository, digest, () -> {}))
                .collect(Collectors.toSet());
        Set<UUID> builds = held.keySet().stream()
                .filter(GarbageLook::isBuild)
                .map(UUID::fromString)
                .collect(Collectors.toSet());
        Set<String> explained =
                tenancy.asPlatform("reconcile", () -> rows.endedBuilds(service.serviceId(), builds)).stream()
                        .map(UUID::toString)
                        .collect(Collectors.toSet());
        return Garbage.of(new Garbage.Images(service, kept, held, explained, present));
    }

    /** A build's image is tagged with its id. */
    private static boolean isBuild(String tag) {
        return tag.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    }

    /** Whether the image is garbage still, a moment before it goes. */
    public boolean isUnreferenced(ServiceRef service, ImageDigest image) {
        return tenancy.asPlatform(
                "reconcile",
                () -> !rows.hasOpen(service.serviceId())
                        && !rows.keptImages(service.serviceId()).contains(image));
    }

    public List<Finding> roots() {
        Set<UUID> kept = store.keptBuilds();
        return Garbage.of(kept, tenancy.asPlatform("reconcile", () -> rows.endedBuilds(kept, QUIET)));
    }
}
