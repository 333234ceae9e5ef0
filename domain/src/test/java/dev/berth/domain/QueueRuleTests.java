package dev.berth.domain;

import static dev.berth.domain.OperationKind.DELETE;
import static dev.berth.domain.OperationKind.DEPLOY;
import static dev.berth.domain.OperationKind.REBUILD;
import static dev.berth.domain.OperationKind.ROLLBACK;
import static dev.berth.domain.OperationState.PENDING;
import static dev.berth.domain.OperationState.RUNNING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.domain.QueueRule.Queued;
import java.util.List;
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
        return new Queued(new OperationRef(ORGANIZATION, SERVICE, new UUID(1, number)), kind, state);
    }

    private static String number(OperationRef operation) {
        return String.valueOf(operation.operationId().getLeastSignificantBits());
    }
}
