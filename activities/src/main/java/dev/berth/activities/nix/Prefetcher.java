package dev.berth.activities.nix;

import dev.berth.activities.ActivityFailures;
import dev.berth.activities.Attended;
import dev.berth.activities.Pulse;
import dev.berth.domain.Failure;
import dev.berth.domain.FailureCode;
import dev.berth.domain.plan.PackageLock;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Brings what a build needs into the store before Nix is asked, so that nothing which a tenant wrote ever reaches the network:
 * the package set's pins and the packages of lock files, each verified by its hash.
 */
public final class Prefetcher {
    private static final int AT_ONCE = 8;
    private static final Duration LIMIT = Duration.ofMinutes(15);

    private final NixStore store;
    private final Pins pins;
    private final ArtefactCache cache;
    private final Registries registries;
    private final Downloads downloads;
    private final Sources sources;

    /**
     * @param packageSet the folder {@code nix/} of Berth
     * @param cacheDirectory kept between runs and shared by all stores of this machine
     */
    public Prefetcher(NixStore store, Path packageSet, Path cacheDirectory) {
        this(store, packageSet, cacheDirectory, Registries.ofThisMachine());
    }

    Prefetcher(NixStore store, Path packageSet, Path cacheDirectory, Registries registries) {
        this.store = store;
        this.pins = new Pins(packageSet.resolve("pins.json"), cacheDirectory);
        this.cache = new ArtefactCache(cacheDirectory.resolve("artefacts"));
        this.registries = registries;
        this.downloads = new Downloads(cache);
        this.sources = new Sources(registries, downloads);
    }

    /** The pins as they are on this machine, for evaluation. */
    Path pinsFile() {
        return pins.file();
    }

    /** @param notices takes a sentence about each pin that had to give way; from several threads */
    public void fetchPins(Consumer<String> notices, Pulse pulse) {
        Map<String, Pin> all = pins.all();
        Set<String> missing = store.missing(
                all.values().stream().flatMap(pin -> storePaths(pin).stream()).toList(), pulse);
        List<Callable<Path>> jobs = new ArrayList<>();
        all.forEach((name, pin) -> {
            if (storePaths(pin).stream().anyMatch(missing::contains)) {
                jobs.add(() -> fetch(name, pin, notices, pulse));
            }
        });
        if (jobs.isEmpty()) {
            return;
        }
        allAtOnce(jobs, LIMIT, pulse);
        // Some may have given way meanwhile, so what they are now is read again.
        List<Pin> fetched = pins.all().values().stream()
                .filter(pin -> cache.find(pin.hash(), pin.file()).isPresent())
                .toList();
        add(
                fetched.stream()
                        .map(pin -> new Artefact(pin.packageName(), pin.file(), pin.hash(), List.of()))
                        .toList(),
                pulse);
        fetched.stream().filter(pin -> pin.tree().isPresent()).forEach(pin -> addTree(pin, pulse));
    }

    /** @throws io.temporal.failure.ApplicationFailure of type {@code DEPENDENCY_UNAVAILABLE} or {@code DEPENDENCY_HASH_MISMATCH} */
    void fetch(PackageLock lock, Pulse pulse) {
        Map<String, Artefact> wanted = new LinkedHashMap<>();
        lock.packages().stream().map(sources::of).forEach(artefact -> wanted.put(artefact.storePath(), artefact));
        Set<String> missing = store.missing(List.copyOf(wanted.keySet()), pulse);
        List<Artefact> needed =
                missing.stream().map(wanted::get).filter(Objects::nonNull).toList();
        allAtOnce(
                needed.stream()
                        .<Callable<Path>>map(artefact -> () -> fetch(artefact))
                        .toList(),
                LIMIT,
                pulse);
        add(needed, pulse);
    }

    private Path fetch(Artefact artefact) throws InterruptedException {
        try {
            return downloads.fetch(artefact);
        } catch (NotFetchedException failed) {
            throw inTheUsersWords(artefact, failed);
        }
    }

    private static ApplicationFailure inTheUsersWords(Artefact artefact, NotFetchedException failed) {
        if (failed.isDifferent()) {
            return ActivityFailures.of(Failure.of(
                            FailureCode.DEPENDENCY_HASH_MISMATCH,
                            "What the registry has as " + artefact.what() + " is not what the lock file names.",
                            "Its publisher may have replaced it, or somebody tampers with it. Run npm install again and look"
                                    + " at what changes in package-lock.json.")
                    .withEvidence(failed.evidence()));
        }
        if (failed.isGone()) {
            return ActivityFailures.of(Failure.of(
                            FailureCode.DEPENDENCY_UNAVAILABLE,
                            "There is no " + artefact.what() + ".",
                            "Choose a version that its registry has, run npm install and commit package-lock.json.")
                    .withEvidence(failed.evidence()));
        }
        return ActivityFailures.worthAnotherTry(Failure.of(
                        FailureCode.DEPENDENCY_UNAVAILABLE,
                        "Could not fetch " + artefact.what() + ".",
                        "Check that its registry can be reached, and deploy again.")
                .withEvidence(failed.evidence()));
    }

    private Path fetch(String name, Pin pin, Consumer<String> notices, Pulse pulse)
            throws IOException, InterruptedException {
        Optional<Path> kept = cache.find(pin.hash(), pin.file());
        if (kept.isPresent()) {
            return kept.get();
        }
        Artefact artefact = sources.of(pin);
        try {
            return downloads.fetch(artefact);
        } catch (NotFetchedException failed) {
            if (pin.kind() != Pin.Kind.DEB || !failed.isGone()) {
                throw inTheUsersWords(artefact, failed);
            }
            Pin instead = presentVersion(pin, pulse).orElseThrow(() -> inTheUsersWords(artefact, failed));
            pins.replace(name, instead);
            notices.accept("No mirror has " + pin.packageName() + " " + pin.version() + " any more; using "
                    + instead.version() + ", which Debian " + pin.suite().orElse("") + " has now.");
            return cache.find(instead.hash(), instead.file()).orElseThrow();
        }
    }

    /** What the pin's suite has today, in the cache. */
    private Optional<Pin> presentVersion(Pin pin, Pulse pulse) throws IOException {
        for (URI mirror : registries.debian()) {
            Optional<Path> downloaded =
                    new DebianSuite(mirror, pin.suite().orElseThrow()).download(pin.packageName(), pulse);
            if (downloaded.isEmpty()) {
                continue;
            }
            try (InputStream content = Files.newInputStream(downloaded.get())) {
                ContentHash hash = ArtefactCache.hashOf(downloaded.get(), "sha256");
                // apt writes the epoch as 1%3a; a store path has no percent sign.
                String[] parts = downloaded.get().getFileName().toString().split("_", 3);
                String version = parts[1].replace("%3a", ":");
                String file = parts[0] + "_" + version.replaceFirst("^[0-9]+:", "") + "_" + parts[2];
                Path kept = cache.store(hash, file, content);
                return Optional.of(new Pin(
                        Pin.Kind.DEB,
                        pin.packageName(),
                        version,
                        file,
                        hash,
                        Optional.of(pin.path().orElseThrow().replaceFirst("[^/]*$", "") + file),
                        pin.suite(),
                        pin.executable(),
                        treeOf(pin, kept)));
            } catch (HashMismatchException changed) {
                throw new IOException("The file changed while it was read", changed);
            } finally {
                DebianSuite.discard(downloaded.get());
            }
        }
        return Optional.empty();
    }

    private Optional<ContentHash> treeOf(Pin pin, Path archive) throws IOException {
        if (pin.executable().isEmpty()) {
            return Optional.empty();
        }
        Path tree = extract(archive, pin.executable().get());
        try {
            return Optional.of(store.hashOfTree(tree));
        } finally {
            Folders.delete(tree.getParent());
        }
    }

    private void addTree(Pin pin, Pulse pulse) {
        Path archive = cache.find(pin.hash(), pin.file()).orElseThrow();
        try {
            Path tree = extract(archive, pin.executable().orElseThrow());
            try {
                String added = store.addTree("sha256", tree, pulse);
                if (!storePaths(pin).contains(added)) {
                    throw new IOException(pin.file() + " holds another tree than its pin says: " + added);
                }
            } finally {
                Folders.delete(tree.getParent());
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** A folder named as the tree is in the store, in a new folder. */
    private static Path extract(Path archive, String executable) throws IOException {
        Path tree = Files.createTempDirectory("berth-tree-")
                .resolve(Path.of(executable).getFileName());
        DebianPackage.extract(archive, executable, tree);
        return tree;
    }

    private static List<String> storePaths(Pin pin) {
        return pin.tree()
                .map(tree -> List.of(
                        pin.storePath(),
                        StorePaths.ofTree(
                                tree,
                                Path.of(pin.executable().orElseThrow())
                                        .getFileName()
                                        .toString())))
                .orElse(List.of(pin.storePath()));
    }

    private void add(List<Artefact> artefacts, Pulse pulse) {
        for (String algorithm : List.of("sha1", "sha256", "sha512")) {
            List<Artefact> some = artefacts.stream()
                    .filter(one -> one.hash().algorithm().equals(algorithm))
                    .toList();
            List<Path> files = some.stream()
                    .map(one -> cache.find(one.hash(), one.file()).orElseThrow())
                    .toList();
            List<String> added = store.addFiles(algorithm, files, pulse);
            for (int i = 0; i < some.size(); i++) {
                if (!added.get(i).equals(some.get(i).storePath())) {
                    // The disk lies, or somebody wrote into the cache. The next try fetches it again.
                    cache.discard(some.get(i).hash(), some.get(i).file());
                    throw new IllegalStateException("The cached " + some.get(i).file() + " was damaged");
                }
            }
        }
    }

    static void allAtOnce(List<Callable<Path>> jobs, Duration limit, Pulse pulse) {
        ExecutorService pool = Executors.newFixedThreadPool(
                AT_ONCE, Thread.ofVirtual().name("prefetch-", 0).factory());
        try {
            Attended.call(pulse, limit, () -> {
                for (Future<Path> one : jobs.stream().map(pool::submit).toList()) {
                    one.get();
                }
                return jobs.size();
            });
        } catch (RuntimeException known) {
            throw known;
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof RuntimeException known
                    ? known
                    : new IllegalStateException(
                            "Fetching failed: " + failed.getCause().getMessage(), failed.getCause());
        } catch (TimeoutException slow) {
            throw ActivityFailures.worthAnotherTry(Failure.of(
                    FailureCode.DEPENDENCIES_TIMED_OUT,
                    "The dependencies could not be fetched within " + limit.toMinutes() + " minutes.",
                    "Deploy again once their registry is faster; what was fetched is kept."));
        } catch (Exception interrupted) {
            throw new IllegalStateException("Fetching did not end", interrupted);
        } finally {
            pool.shutdownNow();
        }
    }
}
