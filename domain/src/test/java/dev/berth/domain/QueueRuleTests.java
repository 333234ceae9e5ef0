package dev.berth.domain;

import static dev.berth.domain.OperationKind.DELETE;
import static dev.berth.domain.OperationKind.DEPLOY;
import static dev.berth.domain.OperationKind.REBUILD;
import static dev.berth.domain.OperationKind.RESTART;
import static dev.berth.domain.OperationKind.ROLLBACK;
import static dev.berth.domain.OperationKind.SCALE;
import static dev.berth.domain.OperationKind.START;
import static dev.berth.domain.OperationKind.STOP;
import static dev.berth.domain.OperationState.PENDING;
import static dev.berth.domain.OperationState.RUNNING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.domain.QueueRule.Queued;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class QueueRuleTests {
    private static final UUID ORGANIZATION = new UUID(0, 1);
    private static final UUID SERVICE = new UUID(0, 2);

    @Test
    void anEmptyQueueAsksForNothing() {
        assertThat(decide()).isEqualTo("nothing");
    }

    @Test
    void theOldestIsNext() {
        assertThat(decide(DEPLOY, ROLLBACK)).isEqualTo("0");
    }

    @Test
    void whatRunsIsGivenAgainWhateverWaits() {
        List<Queued> queue =
                List.of(queued(0, DEPLOY, RUNNING), queued(1, DEPLOY, PENDING), queued(2, DELETE, PENDING));
        QueueRule.Decision decision = QueueRule.next(queue);
        assertThat(decision.claim()).contains(queue.get(0).operation());
        assertThat(decision.superseded()).isEmpty();
    }

    @Test
    void anOlderDeployGivesWayToANewerOneOfEitherKind() {
        assertThat(decide(DEPLOY, REBUILD, DEPLOY)).isEqualTo("2 instead of 0 1");
    }

    @Test
    void aRollbackBetweenTwoDeploysKeepsItsPlace() {
        assertThat(decide(DEPLOY, ROLLBACK, DEPLOY)).isEqualTo("1 instead of 0");
    }

    @Test
    void everythingThatWaitsGivesWayToADelete() {
        assertThat(decide(DEPLOY, ROLLBACK, DELETE)).isEqualTo("2 instead of 0 1");
    }

    @Test
    void aStartOrAStopGivesWayToANewerOneOfEither() {
        assertThat(decide(STOP, DEPLOY, START)).isEqualTo("1 instead of 0");
        assertThat(decide(START, STOP)).isEqualTo("1 instead of 0");
    }

    @Test
    void theNewestSizeIsTheOneThatCounts() {
        assertThat(decide(SCALE, DEPLOY, SCALE)).isEqualTo("1 instead of 0");
    }

    @Test
    void aRestartGivesWayToADeployAndNeverTheOtherWayRound() {
        assertThat(decide(RESTART, DEPLOY)).isEqualTo("0");
        assertThat(decide(RESTART, RESTART)).isEqualTo("1 instead of 0");
        assertThat(decide(DEPLOY, RESTART)).isEqualTo("0");
    }

    @Test
    void whatIsToBeStoppedRunsFirst() {
        assertThat(decide(DEPLOY, STOP, DEPLOY)).isEqualTo("0");
        assertThat(decide(DEPLOY, STOP, DELETE)).isEqualTo("2 instead of 0 1");
    }

    /** Leaving out what gives way must not change where the service stands in the end; seeds are printed with a failure. */
    @Test
    void whatIsLeftOutChangesNothingInTheEnd() {
        for (long seed = 0; seed < 20_000; seed++) {
            Random random = new Random(seed);
            Standing first =
                    List.of(Standing.EMPTY, Standing.SERVING, Standing.STOPPED).get(random.nextInt(3));
            List<Queued> queue = acceptable(first, random);
            List<OperationKind> all = queue.stream().map(Queued::kind).toList();
            assertThat(first.after(workedOff(queue)))
                    .as("seed %d: %s from %s", seed, all, first)
                    .isEqualTo(first.after(all));
        }
    }

    /** As requests come: each is one that {@link Lifecycle} accepts behind those before it. */
    private static List<Queued> acceptable(Standing first, Random random) {
        List<Queued> queue = new ArrayList<>();
        List<OperationKind> kinds = new ArrayList<>();
        while (queue.size() < 6) {
            OperationKind kind = OperationKind.values()[random.nextInt(OperationKind.values().length)];
            if (kinds.contains(DELETE)) {
                break;
            }
            Standing standing = first.after(kinds);
            // The API queues a deploy for the start of a service of which nothing is kept.
            kind = kind == START && standing == Standing.EMPTY ? DEPLOY : kind;
            if (Lifecycle.ask(kind, standing) instanceof Lifecycle.Does) {
                queue.add(queued(queue.size(), kind, PENDING));
                kinds.add(kind);
            }
        }
        return queue;
    }

    private static List<OperationKind> workedOff(List<Queued> waiting) {
        List<Queued> queue = new ArrayList<>(waiting);
        List<OperationKind> done = new ArrayList<>();
        while (!queue.isEmpty()) {
            QueueRule.Decision decision = QueueRule.next(queue);
            queue.removeIf(queued -> decision.superseded().contains(queued.operation()));
            Queued claimed = queue.removeFirst();
            assertThat(decision.claim()).contains(claimed.operation());
            done.add(claimed.kind());
        }
        return done;
    }

    @Test
    void whatIsHeldIsPassedAndKeepsItsPlace() {
        List<Queued> queue = List.of(held(0, DEPLOY), queued(1, SCALE, PENDING), queued(2, STOP, PENDING));
        QueueRule.Decision decision = QueueRule.next(queue);
        assertThat(decision.claim()).contains(queue.get(1).operation());
        assertThat(decision.superseded()).isEmpty();
        assertThat(QueueRule.next(List.of(held(0, DEPLOY))).claim()).isEmpty();
    }

    @Test
    void whatIsHeldGivesWayToANewerDeployAndToADelete() {
        for (OperationKind newer : List.of(DEPLOY, REBUILD, DELETE)) {
            QueueRule.Decision decision = QueueRule.next(List.of(held(0, DEPLOY), queued(1, newer, PENDING)));
            assertThat(decision.claim()).map(QueueRuleTests::number).contains("1");
            assertThat(decision.superseded()).hasSize(1);
        }
        assertThat(QueueRule.next(List.of(queued(0, DEPLOY, PENDING), held(1, DEPLOY))))
                .as("an older one does not come behind the newer that is built already")
                .extracting(
                        decision -> decision.superseded().size(),
                        decision -> decision.claim().isPresent())
                .containsExactly(1, false);
    }

    private static Queued held(int number, OperationKind kind) {
        return new Queued(new OperationRef(ORGANIZATION, SERVICE, new UUID(1, number)), kind, PENDING, true);
    }

    private static String decide(OperationKind... kinds) {
        List<Queued> queue = IntStream.range(0, kinds.length)
                .mapToObj(number -> queued(number, kinds[number], PENDING))
                .toList();
        QueueRule.Decision decision = QueueRule.next(queue);
        String claim = decision.claim().map(QueueRuleTests::number).orElse("nothing");
        return decision.superseded().isEmpty()
                ? claim
                : claim + " instead of "
                        + String.join(
                                " ",
                                decision.superseded().stream()
                                        .map(QueueRuleTests::number)
                                        .toList());
    }

    private static Queued queued(int number, OperationKind kind, OperationState state) {
        return new Queued(new OperationRef(ORGANIZATION, SERVICE, new UUID(1, number)), kind, state, false);
    }

    private static String number(OperationRef operation) {
        return String.valueOf(operation.operationId().getLeastSignificantBits());
    }
}
