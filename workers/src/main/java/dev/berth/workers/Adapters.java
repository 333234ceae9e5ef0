package dev.berth.workers;

import dev.berth.activities.Pulse;
import dev.berth.activities.builds.BuildRows;
import dev.berth.activities.builds.ImageSteps;
import dev.berth.activities.builds.Leftovers;
import dev.berth.activities.builds.NixClosures;
import dev.berth.activities.builds.SourceSteps;
import dev.berth.activities.builds.Workspaces;
import dev.berth.activities.edge.EdgeCounts;
import dev.berth.activities.edge.EdgeProbe;
import dev.berth.activities.git.GitLimits;
import dev.berth.activities.git.GitSource;
import dev.berth.activities.image.ImagePacker;
import dev.berth.activities.image.LayerCache;
import dev.berth.activities.nix.BuildLines;
import dev.berth.activities.nix.NixBuilds;
import dev.berth.activities.nix.NixStore;
import dev.berth.activities.nix.Prefetcher;
import dev.berth.activities.nix.StoredBuildLines;
import dev.berth.activities.reconcile.DriftLook;
import dev.berth.activities.reconcile.EdgeReach;
import dev.berth.activities.reconcile.GarbageLook;
import dev.berth.activities.reconcile.OldLogs;
import dev.berth.activities.reconcile.Remedies;
import dev.berth.activities.registry.ImagePusher;
import dev.berth.activities.registry.RegistryClient;
import dev.berth.activities.registry.RegistryKey;
import dev.berth.activities.rollout.Images;
import dev.berth.activities.rollout.RegistryImages;
import dev.berth.activities.rollout.RolloutSettings;
import dev.berth.activities.rollout.RolloutSteps;
import dev.berth.activities.swarm.Engine;
import dev.berth.domain.nix.NixDaemon;
import dev.berth.outbound.AddressGuard;
import dev.berth.settings.Settings;
import dev.berth.store.BuildLogs;
import dev.berth.store.Builds;
import dev.berth.store.Tenancy;
import dev.berth.workflows.CanaryActivities;
import dev.berth.workflows.ImageActivities;
import dev.berth.workflows.NixActivities;
import dev.berth.workflows.RolloutActivities;
import dev.berth.workflows.SourceActivities;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.slf4j.LoggerFactory;

/** The activities with everything that they need. */
final class Adapters {
    private static final long LAYER_CACHE_BYTES = 20L << 30;
    private static final Set<String> THIS_MACHINE = Set.of("127.0.0.1", "localhost", "::1");

    private final SourceActivities source;
    private final NixActivities nix;
    private final ImageActivities images;
    private final RolloutActivities rollout;
    private final CanaryActivities canary;
    private final EdgeReach edgeReach;
    private final DriftLook drift;
    private final GarbageLook garbage;
    private final OldLogs oldLogs;
    private final Remedies remedies;

    Adapters(Settings settings, DataSource database, Engine engine) throws IOException {
        Tenancy tenancy = new Tenancy(database);
        BuildRows rows = new BuildRows(tenancy, new Builds(database));
        BuildLines log = new StoredBuildLines(tenancy, new BuildLogs(database), Clock.systemUTC());
        NixStore store = new NixStore(new NixDaemon(settings.nixStoreRoot()));
        RegistryClient registry = new RegistryClient(
                settings.registryUrl(), settings.registryKey().map(RegistryKey::of));
        Workspaces workspaces = new Workspaces(Files.createDirectories(settings.buildDirectory()));
        Leftovers leftovers = new Leftovers(workspaces, store::release);
        Path cache = Files.createDirectories(settings.cacheDirectory());
        this.source = new SourceSteps(
                rows,
                new GitSource(new AddressGuard(settings.gitAllowedHosts()), GitLimits.standard()),
                registry,
                leftovers,
                log);
        this.nix = new NixBuilds(
                store,
                settings.packageSet(),
                new Prefetcher(store, settings.packageSet(), cache),
                workspaces::source,
                log);
        this.images = new ImageSteps(
                rows,
                new ImagePacker(new NixClosures(store), new LayerCache(cache.resolve("layers"), LAYER_CACHE_BYTES)),
                new ImagePusher(registry, () -> usableBytes(settings)),
                registry,
                leftovers,
                log);
        Images registryImages = new RegistryImages(registry);
        Function<Supplier<Pulse>, RolloutSteps> stepsWith = pulse -> new RolloutSteps(
                database,
                engine,
                settings.edgeContainer(),
                new EdgeProbe(settings.edgeAddress()),
                registryImages,
                RolloutSettings.of(settings),
                pulse);
        RolloutSteps steps = stepsWith.apply(Pulse::ofActivity);
        this.rollout = steps;
        this.canary = steps.canary(new EdgeCounts(settings.edgeControlAddress(), EdgeKey.of(settings.payloadKey())));
        this.edgeReach = new EdgeReach(
                engine, settings.instance(), settings.edgeContainer(), LoggerFactory.getLogger(EdgeReach.class)::warn);
        this.drift = new DriftLook(database, engine, settings.instance());
        this.garbage = new GarbageLook(database, registry, store);
        this.oldLogs = new OldLogs(database, Clock.systemUTC());
        this.remedies = new Remedies(
                database,
                engine,
                settings.instance(),
                // Reconciling is no activity, and has nobody to tell that it lives.
                stepsWith.apply(() -> () -> {}),
                new Remedies.Stores(garbage, registryImages, store));
    }

    /** Only a registry on this machine has a disk that can be looked at. */
    private static long usableBytes(Settings settings) {
        if (!THIS_MACHINE.contains(settings.registryUrl().getHost())) {
            return Long.MAX_VALUE;
        }
        try {
            return Files.getFileStore(settings.buildDirectory()).getUsableSpace();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot ask for the free space of the disk", e);
        }
    }

    SourceActivities source() {
        return source;
    }

    NixActivities nix() {
        return nix;
    }

    ImageActivities images() {
        return images;
    }

    EdgeReach edgeReach() {
        return edgeReach;
    }

    DriftLook drift() {
        return drift;
    }

    GarbageLook garbage() {
        return garbage;
    }

    OldLogs oldLogs() {
        return oldLogs;
    }

    Remedies remedies() {
        return remedies;
    }

    RolloutActivities rollout() {
        return rollout;
    }

    CanaryActivities canary() {
        return canary;
    }
}
