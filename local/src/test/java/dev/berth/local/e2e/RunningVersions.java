package dev.berth.local.e2e;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Which deployments of a service had a running container at the same time, as the engine sees it. */
final class RunningVersions implements AutoCloseable {
    private static final Duration LOOK = Duration.ofMillis(100);

    private final Set<Set<String>> seen = ConcurrentHashMap.newKeySet();
    private final Optional<String> service;
    private volatile boolean leaving;

    private RunningVersions(Optional<String> service) {
        this.service = service;
        service.ifPresent(id -> Thread.ofVirtual().start(() -> look(id)));
    }

    static RunningVersions watched(String service) {
        return new RunningVersions(Optional.of(service));
    }

    /** Of a service whose versions may overlap: nobody asks the engine. */
    static RunningVersions unwatched() {
        return new RunningVersions(Optional.empty());
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
        if (service.isPresent() && seen.stream().allMatch(Set::isEmpty)) {
            return List.of("nothing was seen to run");
        }
        return seen.stream()
                .filter(running -> running.size() > 1 && which.test(running))
                .map(running -> "ran at once: " + running)
                .toList();
    }

    private void look(String id) {
        while (!leaving) {
            try {
                seen.add(running(id));
            } catch (AssertionError engineIsAway) {
                // Asked again: in some runs it is killed.
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }

    private Set<String> running(String id) {
        return Launcher.docker(
                        "ps", "--filter", "label=berth.service=" + id, "--format", "{{.Label \"berth.deployment\"}}")
                .lines()
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public void close() {
        leaving = true;
    }
}
