package dev.berth.local.e2e;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Which deployments of a service had a running container at the same time, as the engine sees it. */
final class RunningVersions implements AutoCloseable {
    private static final Duration LOOK = Duration.ofMillis(100);

    private final Set<Set<String>> seen = ConcurrentHashMap.newKeySet();
    private volatile boolean leaving;

    private RunningVersions(Consumer<RunningVersions> look) {
        Thread.ofVirtual().start(() -> look.accept(this));
    }

    static RunningVersions watched(String service) {
        return new RunningVersions(versions -> versions.look(service));
    }

    /** Of a service whose versions may overlap: nobody asks the engine. */
    static RunningVersions unwatched() {
        return new RunningVersions(versions -> {});
    }

    /** Where this deployment and another ran at once. */
    List<String> overlapsOf(String deployment) {
        return overlaps(running -> running.contains(deployment));
    }

    /** Where any two ran at once. */
    List<String> overlaps() {
        return overlaps(running -> true);
    }

    private List<String> overlaps(Predicate<Set<String>> which) {
        return seen.stream()
                .filter(running -> running.size() > 1 && which.test(running))
                .map(running -> "ran at once: " + running)
                .toList();
    }

    private void look(String service) {
        while (!leaving) {
            seen.add(Launcher.docker(
                            "ps",
                            "--filter",
                            "label=berth.service=" + service,
                            "--format",
                            "{{.Label \"berth.deployment\"}}")
                    .lines()
                    .collect(Collectors.toUnmodifiableSet()));
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }

    @Override
    public void close() {
        leaving = true;
    }
}
