package dev.berth.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.domain.BuildRef;
import dev.berth.domain.BuildState;
import dev.berth.domain.Failure;
import dev.berth.domain.FailureCode;
import dev.berth.domain.OperationKind;
import dev.berth.domain.OperationRef;
import dev.berth.domain.OperationState;
import dev.berth.domain.ServiceRef;
import dev.berth.domain.quota.Resource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** With one build at a time. */
final class BuildSlotTests {
    private final Sample sample = new Sample();
    private final ServiceRef first = sample.service.ref();
    private final ServiceRef second = service("second");
    private final ServiceRef third = service("third");

    @BeforeEach
    void oneAtATime() {
        Quotas quotas = new Quotas(sample.source);
        sample.tenancy.asPlatform(
                "test", () -> quotas.change(sample.organization, Map.of(Resource.CONCURRENT_BUILDS, 1L)));
    }

    @Test
    void oneBuildMoreThanTheLimitWaitsAndSaysSo() {
        BuildRef running = deploy(first);
        deploy(second);
        assertThat(claim(first)).isPresent();
        assertThat(claim(second)).isEmpty();
        assertThat(newest(second).waitingFor()).contains(Operation.Wait.BUILD_SLOT);
        assertThat(newest(second).status()).isEqualTo(OperationState.PENDING);
        assertThat(waiting()).as("what nobody needs to wake").isEqualTo(List.of(first));
        assertThat(claim(first)).as("claimed before").isPresent();

        end(running);
        assertThat(waiting()).contains(second);
        assertThat(claim(second)).isPresent();
        assertThat(newest(second).waitingFor()).isEmpty();
    }

    @Test
    void theSweepGoesOnBehindWhatItHasLookedAt() {
        queue(first, OperationKind.STOP, Optional.empty());
        queue(second, OperationKind.STOP, Optional.empty());
        List<ServiceRef> both = waiting();
        assertThat(both).containsExactlyInAnyOrder(first, second);
        assertThat(waiting(both.getFirst())).containsExactly(both.getLast());
        assertThat(waiting(both.getLast())).isEmpty();
    }

    @Test
    void theOldestIsNext() {
        BuildRef running = deploy(first);
        deploy(second);
        deploy(third);
        claim(first);
        claim(third);
        claim(second);
        end(running);
        assertThat(claim(third)).isEmpty();
        assertThat(claim(second)).isPresent();
        assertThat(claim(third)).isEmpty();
    }

    @Test
    void aNewerPushTakesThePlaceOfTheOneThatWaits() {
        BuildRef running = deploy(first);
        claim(first);
        deploy(second);
        assertThat(claim(second)).isEmpty();
        BuildRef newer = deploy(second);
        assertThat(claim(second)).isEmpty();
        end(running);
        assertThat(claim(second).flatMap(Operation::build)).contains(newer);
    }

    @Test
    void whatBuildsNothingWaitsForNobody() {
        deploy(first);
        claim(first);
        deploy(second);
        assertThat(claim(second)).isEmpty();
        queue(second, OperationKind.DELETE, Optional.empty());
        assertThat(claim(second).map(Operation::kind)).contains(OperationKind.DELETE);
    }

    @Test
    void anotherOrganisationsBuildsTakeNoSlot() {
        deploy(first);
        claim(first);
        var other = sample.database.organization();
        Service theirs = Sample.service(other, "theirs");
        BuildRef build = new BuildRef(other, theirs.id(), Ids.next());
        sample.tenancy.inOrg(other, () -> {
            sample.services.insert(theirs);
            sample.builds.insert(build, theirs.gitUrl(), theirs.gitBranch());
            sample.operations.insert(
                    new OperationRef(other, theirs.id(), Ids.next()),
                    OperationKind.DEPLOY,
                    Optional.empty(),
                    Optional.of(build),
                    Optional.empty(),
                    Optional.empty());
        });
        assertThat(sample.tenancy.inOrg(other, () -> sample.operations.claimNext(theirs.ref())))
                .isPresent();
    }

    private ServiceRef service(String slug) {
        Service more = Sample.service(sample.organization, slug);
        sample.tenancy.inOrg(sample.organization, () -> sample.services.insert(more));
        return more.ref();
    }

    private BuildRef deploy(ServiceRef service) {
        BuildRef build = new BuildRef(service.organizationId(), service.serviceId(), Ids.next());
        sample.tenancy.inOrg(
                sample.organization, () -> sample.builds.insert(build, "https://git.example/a.git", "main"));
        queue(service, OperationKind.DEPLOY, Optional.of(build));
        return build;
    }

    private void queue(ServiceRef service, OperationKind kind, Optional<BuildRef> build) {
        OperationRef operation = new OperationRef(service.organizationId(), service.serviceId(), Ids.next());
        sample.tenancy.inOrg(
                sample.organization,
                () -> sample.operations.insert(
                        operation, kind, Optional.empty(), build, Optional.empty(), Optional.empty()));
    }

    private Optional<Operation> claim(ServiceRef service) {
        return sample.again(() -> sample.operations.claimNext(service));
    }

    private Operation newest(ServiceRef service) {
        return sample.again(() -> sample.operations.page(service, Cursor.START, 1))
                .getFirst();
    }

    private void end(BuildRef build) {
        sample.again(
                () -> sample.builds.end(build, BuildState.FAILED, Failure.of(FailureCode.PLATFORM, "It ended.", "")));
    }

    private List<ServiceRef> waiting() {
        return waiting(new ServiceRef(new UUID(0, 0), new UUID(0, 0)));
    }

    private List<ServiceRef> waiting(ServiceRef after) {
        return sample.tenancy.asPlatform("test", () -> sample.operations.waiting(Duration.ofSeconds(-1), after, 10));
    }
}
