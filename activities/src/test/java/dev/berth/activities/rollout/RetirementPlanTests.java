package dev.berth.activities.rollout;

import static dev.berth.domain.DeploymentState.RETIRED;
import static dev.berth.domain.DeploymentState.RUNNING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.domain.DeploymentState;
import dev.berth.store.Deployment;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class RetirementPlanTests {
    private static final boolean PROVEN = true;
    private static final boolean UNPROVEN = false;

    @Test
    void theProvenOneStaysWarmUntilItsSuccessorIsProven() {
        Deployment older = deployment(1, RUNNING, PROVEN);
        Deployment proven = deployment(2, RUNNING, PROVEN);
        Deployment serving = deployment(3, RUNNING, UNPROVEN);
        RetirementPlan plan = RetirementPlan.of(List.of(serving, proven, older), serving.id(), true, 5);
        assertThat(plan.toZero()).containsExactly(older);
        assertThat(plan.toRemove()).isEmpty();
    }

    @Test
    void behindAProvenOneEverythingGoesToZero() {
        Deployment before = deployment(1, RUNNING, PROVEN);
        Deployment serving = deployment(2, RUNNING, PROVEN);
        assertThat(RetirementPlan.of(List.of(serving, before), serving.id(), true, 5)
                        .toZero())
                .containsExactly(before);
    }

    @Test
    void whereNothingIsProvenTheNewestThatRunsStaysWarm() {
        Deployment oldest = deployment(1, RUNNING, UNPROVEN);
        Deployment newer = deployment(2, RUNNING, UNPROVEN);
        Deployment serving = deployment(3, RUNNING, UNPROVEN);
        assertThat(RetirementPlan.of(List.of(serving, newer, oldest), serving.id(), true, 5)
                        .toZero())
                .containsExactly(oldest);
    }

    @Test
    void whatStillAnswersRequestsIsLeftForTheNextTime() {
        Deployment before = deployment(1, RUNNING, PROVEN);
        Deployment serving = deployment(2, RUNNING, PROVEN);
        RetirementPlan plan = RetirementPlan.of(List.of(serving, before), serving.id(), false, 1);
        assertThat(plan.toZero()).isEmpty();
        assertThat(plan.toRemove()).isEmpty();
    }

    @Test
    void theNewestAreKeptForRollBackTheProvenOneAmongThem() {
        Deployment proven = deployment(1, RETIRED, PROVEN);
        Deployment second = deployment(2, RETIRED, UNPROVEN);
        Deployment third = deployment(3, RETIRED, UNPROVEN);
        Deployment serving = deployment(4, RUNNING, UNPROVEN);
        RetirementPlan plan = RetirementPlan.of(List.of(serving, third, second, proven), serving.id(), true, 3);
        assertThat(plan.toRemove()).containsExactly(second);
        assertThat(RetirementPlan.of(List.of(serving, third, second, proven), serving.id(), true, 1)
                        .toRemove())
                .containsExactly(third, second);
    }

    @Test
    void afterARollBackTheOneThatWasLeftIsRetiredThoughItIsNewer() {
        Deployment serving = deployment(1, RUNNING, PROVEN);
        Deployment left = deployment(2, RUNNING, UNPROVEN);
        RetirementPlan plan = RetirementPlan.of(List.of(left, serving), serving.id(), true, 5);
        assertThat(plan.toZero()).containsExactly(left);
    }

    @Test
    void whatSomebodyWasPromisedStays() {
        Deployment promised = deployment(1, RETIRED, PROVEN);
        Deployment old = deployment(2, RETIRED, PROVEN);
        Deployment serving = deployment(3, RUNNING, PROVEN);
        RetirementPlan plan = RetirementPlan.of(List.of(serving, old, promised), serving.id(), true, 1);
        assertThat(plan.toRemove()).containsExactly(old, promised);
        assertThat(plan.without(Set.of(promised.id())).toRemove()).containsExactly(old);
    }

    private static Deployment deployment(int id, DeploymentState state, boolean proven) {
        return new Deployment(
                new UUID(0, id),
                new UUID(1, 1),
                new UUID(2, 2),
                Optional.empty(),
                state,
                Optional.empty(),
                Optional.empty(),
                new Deployment.Configuration(500, 256, 8080, "/", Map.of(), Optional.empty(), false),
                Optional.empty(),
                Instant.EPOCH,
                Optional.empty(),
                Optional.empty(),
                Optional.of(Instant.ofEpochSecond(id)),
                proven ? Optional.of(Instant.ofEpochSecond(id)) : Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
