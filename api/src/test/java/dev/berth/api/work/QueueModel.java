package dev.berth.api.work;

import dev.berth.domain.Lifecycle;
import dev.berth.domain.OperationKind;
import dev.berth.domain.OperationState;
import dev.berth.domain.ServiceState;
import dev.berth.domain.Standing;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One service as it should be after any sequence of requests, claims and ends: a list in memory, without time, locks or rows. It
 * says by itself what is left out of the queue; what may be asked it takes from {@link Lifecycle}, the table that users are shown.
 */
final class QueueModel {
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private ServiceState state = ServiceState.PENDING;
    private Optional<String> current = Optional.empty();
    private final List<String> kept = new ArrayList<>();
    private boolean proven;

    /** What is wanted of a service and has an end, or has not. */
    static final class Entry {
        final OperationKind kind;
        final Optional<String> deployment;
        OperationState state = OperationState.PENDING;
        private boolean givesWayToDelete;

        private Entry(OperationKind kind, Optional<String> deployment) {
            this.kind = kind;
            this.deployment = deployment;
        }

        private boolean isOpen() {
            return state == OperationState.PENDING || state == OperationState.RUNNING;
        }
    }

    Map<String, Entry> entries() {
        return entries;
    }

    ServiceState state() {
        return state;
    }

    private Stream<Entry> open() {
        return entries.values().stream().filter(Entry::isOpen);
    }

    Optional<Entry> running() {
        return open().filter(entry -> entry.state == OperationState.RUNNING).findFirst();
    }

    private Standing standing() {
        return Standing.of(state).after(open().map(entry -> entry.kind).toList());
    }

    /** The kind of operation that is queued; empty where the request is refused. */
    Optional<OperationKind> asked(OperationKind kind) {
        if (!(Lifecycle.ask(kind, standing()) instanceof Lifecycle.Does)) {
            return Optional.empty();
        }
        if (kind == OperationKind.ROLLBACK && rollBackTarget().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(kind == OperationKind.START && standing() == Standing.EMPTY ? OperationKind.DEPLOY : kind);
    }

    /** The newest that had the traffic and is not current. */
    Optional<String> rollBackTarget() {
        return kept.reversed().stream()
                .filter(deployment -> !current.equals(Optional.of(deployment)))
                .findFirst();
    }

    /** A second delete is the first. The same, asked twice in a row, is wanted once. */
    void add(String operation, OperationKind kind, Optional<String> deployment) {
        if (!entries.containsKey(operation)) {
            open().reduce((_, last) -> last)
                    .filter(last -> last.state == OperationState.PENDING && last.kind == kind && replaces(kind, kind))
                    .ifPresent(last -> last.state = OperationState.SUPERSEDED);
            if (kind == OperationKind.DELETE) {
                running().ifPresent(running -> running.givesWayToDelete = true);
            }
            entries.put(operation, new Entry(kind, deployment));
        }
    }

    /** What is worked on next: what runs, or the oldest that nothing newer makes needless. What is needless ends. */
    Optional<Map.Entry<String, Entry>> claim() {
        if (running().isEmpty()) {
            List<Entry> waiting = open().toList();
            for (int i = 0;
                    i < waiting.size() && isNeedless(waiting.get(i), waiting.subList(i + 1, waiting.size()));
                    i++) {
                waiting.get(i).state = OperationState.SUPERSEDED;
            }
            open().findFirst().ifPresent(next -> next.state = OperationState.RUNNING);
        }
        return entries.entrySet().stream()
                .filter(entry -> entry.getValue().state == OperationState.RUNNING)
                .findFirst();
    }

    /** In the words of docs/OPERATIONS.md: newest push wins, up to a stop that needs something to stop; a delete ends all. */
    private static boolean isNeedless(Entry entry, List<Entry> newer) {
        if (newer.stream().anyMatch(other -> other.kind == OperationKind.DELETE)) {
            return true;
        }
        return newer.stream()
                .takeWhile(other -> !(entry.kind.makesDeployment() && other.kind == OperationKind.STOP))
                .anyMatch(other -> replaces(other.kind, entry.kind));
    }

    private static boolean replaces(OperationKind newer, OperationKind older) {
        return switch (older) {
            case DEPLOY, REBUILD -> newer == OperationKind.DEPLOY || newer == OperationKind.REBUILD;
            case RESTART -> newer == older;
            case START, STOP -> newer == OperationKind.START || newer == OperationKind.STOP;
            case SCALE -> newer == OperationKind.SCALE;
            case ROLLBACK, REPAIR, DELETE -> false;
        };
    }

    /** The running one came to another end; what is cancelled for a delete is left out like what waited. */
    void ended(Entry entry, OperationState end) {
        entry.state = end == OperationState.CANCELLED && entry.givesWayToDelete ? OperationState.SUPERSEDED : end;
    }

    /** The running one did what it was for. */
    void succeeded(Entry entry) {
        entry.state = OperationState.SUCCEEDED;
        state = switch (Standing.of(state).after(entry.kind)) {
            case SERVING -> ServiceState.RUNNING;
            case STOPPED -> ServiceState.STOPPED;
            case DELETING -> ServiceState.DELETING;
            case EMPTY, SUSPENDED -> state;
        };
        if (entry.kind.makesDeployment() || entry.kind == OperationKind.ROLLBACK) {
            current = entry.deployment;
            entry.deployment.ifPresent(deployment -> {
                kept.remove(deployment);
                kept.add(deployment);
            });
            proven = entry.kind == OperationKind.ROLLBACK;
        }
    }

    void proven() {
        proven = true;
    }

    Optional<String> current() {
        return current;
    }

    /** What an accepted cancel does; empty where it is refused. The answer is whether what is under way is asked to end. */
    Optional<Boolean> cancelled() {
        if (open().anyMatch(entry -> entry.kind == OperationKind.DELETE)) {
            return Optional.empty();
        }
        boolean underWay = running().isPresent() || isSoaking();
        if (!underWay && open().findAny().isEmpty()) {
            return Optional.empty();
        }
        open().filter(entry -> entry.state == OperationState.PENDING)
                .toList()
                .forEach(entry -> entry.state = OperationState.CANCELLED);
        return Optional.of(underWay);
    }

    private boolean isSoaking() {
        return entries.values().stream()
                .filter(entry -> entry.state == OperationState.SUCCEEDED)
                .filter(entry -> entry.kind != OperationKind.DELETE && entry.kind != OperationKind.SCALE)
                .reduce((_, newer) -> newer)
                .filter(entry -> entry.kind.makesDeployment() && entry.deployment.equals(current) && !proven)
                .isPresent();
    }
}
