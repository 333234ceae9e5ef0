package dev.berth.local.e2e;

import dev.berth.failpoints.Failpoint.Side;
import dev.berth.testkit.GitServer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Plays the cells of the chaos suite one after the other, all but the deletes with one service. */
final class ChaosRun implements AutoCloseable {
    private static final Path HELLO = Path.of("..", "examples", "hello-node");
    private static final String REPOSITORY = "chaos";
    /** From the return of what died to the end of what was asked for. */
    private static final Duration END = Duration.ofMinutes(3);
    /** The promise of an engine that comes back. */
    private static final Duration ANSWERS_AGAIN = Duration.ofSeconds(20);

    private final RunningBerth berth = new RunningBerth();
    private final BehindTheBack back = new BehindTheBack();
    private final Parts parts = new Parts();
    private final String repository;
    private Optional<ChaosService> reused = Optional.empty();
    private final List<ChaosService> spoilt = new ArrayList<>();
    private boolean killed;

    ChaosRun(GitServer git) {
        repository = git.create(REPOSITORY);
        git.commitCopyOf(REPOSITORY, HELLO);
        git.branch(REPOSITORY, ChaosService.BROKEN);
        git.git(REPOSITORY, List.of("rm", "-r", "--quiet", "."));
        git.commit(REPOSITORY, Map.of("notes.txt", "nothing to run\n"));
        git.git(REPOSITORY, List.of("checkout", "--quiet", "main"));
    }

    /**
     * What a cell came to.
     *
     * @param killed whether it came to that
     * @param wrong empty where all was as it should be
     */
    record Result(ChaosCell cell, Duration took, boolean killed, int visits, List<String> wrong) {}

    Result play(ChaosCell cell) {
        Instant begin = Instant.now();
        List<String> wrong = new ArrayList<>();
        int visits = 0;
        killed = false;
        try (ChaosService service = service(cell)) {
            visits = play(cell, service, wrong);
        } catch (AssertionError | RuntimeException e) {
            wrong.add(firstLines(e));
        }
        comeBack(wrong);
        if (!wrong.isEmpty()) {
            // What went wrong must not make the next cell wrong.
            reused.ifPresent(spoilt::add);
            reused = Optional.empty();
        }
        return new Result(cell, Duration.between(begin, Instant.now()), killed, visits, wrong);
    }

    private int play(ChaosCell cell, ChaosService service, List<String> wrong) {
        try (SteadyVisitor visitor = new SteadyVisitor(service.app(), service::isMarked);
                RunningVersions versions = cell.scene().isOneAtATime()
                        ? RunningVersions.watched(service.app().id())
                        : RunningVersions.unwatched()) {
            Asked asked = cell.scene().play(service, cell);
            // Read now: a deleted service has no rows to read them from.
            Set<String> texts =
                    service.texts(Stream.of(Stream.of(service.before()), service.warm(), asked.deployment().stream())
                            .flatMap(Function.identity()));
            service.marked().await();
            kill(cell, service, asked);
            Ending ending = cell.victim() == Victim.DOCKERD ? asked.ending().whereContainersDie() : asked.ending();
            awaitEnd(service.app(), asked, ending);
            wrong.addAll(new Truth(service, back).lies(asked.ends(ending)));
            visitor.close();
            asked.deployment().ifPresent(deployment -> wrong.addAll(versions.overlapsOf(deployment)));
            if (!cell.victim().carriesTraffic()) {
                visitor.others(seen -> ending.statuses().contains(seen.status())
                                && (seen.status() != 200 || texts.contains(seen.text())))
                        .forEach((what, times) -> wrong.add("visitors saw " + times + " × " + what));
            }
            return visitor.visits();
        }
    }

    /** Before an effect, it is tried while the part is dead; after it, the part is back when Temporal is to hear of it. */
    private void kill(ChaosCell cell, ChaosService service, Asked asked) {
        Victim victim = cell.victim();
        boolean berthHeld = victim == Victim.DOCKERD && cell.side() == Side.AFTER;
        parts.kill(victim);
        killed = true;
        if (berthHeld) {
            parts.kill(Victim.TEMPORAL_WORKER);
            parts.kill(Victim.API);
        }
        if (victim.isOfBerth() || cell.side() == Side.BEFORE) {
            service.marked().release();
        }
        asked.onceHeld().run();
        parts.letBack(victim);
        if (victim.carriesTraffic() && cell.scene().servesThroughout()) {
            service.app().awaitServed(ANSWERS_AGAIN);
        }
        if (berthHeld) {
            parts.letBack(Victim.TEMPORAL_WORKER);
            parts.letBack(Victim.API);
        }
        service.marked().release();
    }

    private void awaitEnd(App app, Asked asked, Ending ending) {
        RunningBerth.await(
                "the end of operation " + asked.operation(),
                END,
                () -> quietly(() -> Optional.of(app.operation(asked.operation()))
                        .filter(operation -> !operation.get("finishedAt").isNull())));
        if (!ending.deployment().isEmpty()) {
            String deployment = asked.deployment().orElseThrow();
            RunningBerth.await(
                    ending.deployment() + " of deployment " + deployment,
                    Duration.ofMinutes(1),
                    () -> quietly(() -> Optional.of(app.deployment(deployment))
                            .filter(row -> ending.deployment()
                                    .contains(row.get("status").asText()))));
        }
    }

    private ChaosService service(ChaosCell cell) {
        if (cell.scene() == ChaosScene.DELETE) {
            return created();
        }
        ChaosService service = reused.orElseGet(this::created);
        reused = Optional.of(service);
        return service;
    }

    private ChaosService created() {
        return new ChaosService(berth.create("chaos", repository, "soakSeconds", 1), back);
    }

    /** The next cell begins with a whole stack. */
    private void comeBack(List<String> wrong) {
        try {
            parts.letAllBack();
            RunningBerth.await(
                    "an API that reads its rows",
                    Duration.ofMinutes(1),
                    () -> quietly(() -> Optional.of(berth.call("GET", "/api/containers/services?limit=1", null))
                            .filter(answer -> answer.status() == 200)));
        } catch (AssertionError e) {
            wrong.add(firstLines(e));
        }
    }

    /** Whoever was just killed may not answer yet. */
    static <T> Optional<T> quietly(Supplier<Optional<T>> look) {
        try {
            return look.get();
        } catch (AssertionError | RuntimeException notYet) {
            return Optional.empty();
        }
    }

    private static String firstLines(Throwable thrown) {
        return String.valueOf(thrown)
                .lines()
                .limit(4)
                .reduce("", (all, line) -> all + line.strip() + " ")
                .strip();
    }

    @Override
    public void close() {
        Stream.concat(spoilt.stream(), reused.stream())
                .forEach(service -> quietly(() -> {
                    service.app().close();
                    return Optional.empty();
                }));
        back.close();
    }
}
