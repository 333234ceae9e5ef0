package dev.berth.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.domain.BuildRef;
import dev.berth.domain.BuildState;
import dev.berth.domain.DeploymentRef;
import dev.berth.domain.DeploymentState;
import dev.berth.domain.Failure;
import dev.berth.domain.FailureCode;
import dev.berth.domain.ImageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Whose logs go, and whose stay at any age. */
final class LogRetentionTests {
    private static final ImageDigest IMAGE = new ImageDigest("sha256:" + "a".repeat(64));
    private static final Failure FAILURE = Failure.of(FailureCode.NEVER_HEALTHY, "It never got healthy.", "Look.");
    private static final Instant AT = Instant.ofEpochMilli(1_700_000_000_000L);
    private static final int MOST = 100;

    private final Sample sample = new Sample();
    private final BuildLogs logs = new BuildLogs(sample.source);
    private final Releases releases = new Releases(sample.source);
    private final LogRetention retention = new LogRetention(sample.source);

    @Test
    void theNewestBuildsOfAServiceKeepTheirLogsAndOlderOnesSayThatTheirsIsGone() {
        List<BuildRef> builds = new ArrayList<>();
        for (int i = 0; i < LogRetention.KEPT + 3; i++) {
            builds.add(ended(built()));
        }
        List<BuildRef> old = platform(() -> retention.oldBuilds(all(), MOST));
        assertThat(old).containsExactlyInAnyOrderElementsOf(builds.subList(0, 3));
        assertThat(platform(() -> retention.oldBuilds(all(), 2))).hasSize(2);
        old.forEach(build -> sample.tenancy.asPlatform("test", () -> retention.drop(build, AT)));
        assertThat(log(builds.getFirst())).containsExactly(LogRetention.DROPPED);
        assertThat(log(builds.get(3))).containsExactly("one", "two");
        assertThat(platform(() -> retention.oldBuilds(all(), MOST)))
                .as("what is dropped is not dropped again")
                .isEmpty();
    }

    @Test
    void whatRunsOrIsKeptOrNotOverKeepsItsLogAtAnyAge() {
        BuildRef unfinished = built();
        BuildRef serving = ended(built());
        BuildRef waiting = ended(built());
        BuildRef over = ended(built());
        deployed(serving, DeploymentState.RUNNING);
        deployed(waiting, DeploymentState.PENDING);
        deployed(over, DeploymentState.FAILED);
        for (int i = 0; i < LogRetention.KEPT; i++) {
            ended(built());
        }
        assertThat(platform(() -> retention.oldBuilds(all(), MOST)))
                .containsExactly(over)
                .doesNotContain(unfinished);
    }

    @Test
    void releaseCommandsOfDeploymentsThatAreOverGoInTheSameWay() {
        DeploymentRef serving = released();
        sample.tenancy.inOrg(sample.organization, () -> {
            sample.deployments.move(serving, DeploymentState.DEPLOYING);
            sample.deployments.adoptImage(serving, IMAGE, Optional.empty());
            sample.deployments.serve(serving);
        });
        DeploymentRef over = released();
        sample.tenancy.inOrg(sample.organization, () -> sample.deployments.fail(over, DeploymentState.FAILED, FAILURE));
        for (int i = 0; i < LogRetention.KEPT; i++) {
            released();
        }
        assertThat(platform(() -> retention.oldReleases(all(), MOST))).containsExactly(over);
        sample.tenancy.asPlatform("test", () -> retention.drop(over, AT));
        assertThat(sample.again(() -> releases.after(over, 0, 10)))
                .containsExactly(new LogLine(1, AT, LogRetention.DROPPED));
        assertThat(platform(() -> retention.oldReleases(all(), MOST))).isEmpty();
    }

    private BuildRef built() {
        BuildRef build = new BuildRef(sample.organization, sample.service.id(), Ids.next());
        sample.tenancy.inOrg(sample.organization, () -> {
            sample.builds.insert(build, "https://git.example/shop.git", "main");
            logs.append(build, AT, List.of("one", "two"));
        });
        return build;
    }

    private BuildRef ended(BuildRef build) {
        sample.tenancy.inOrg(sample.organization, () -> {
            sample.builds.begin(build, "b".repeat(40));
            assertThat(sample.builds.end(build, BuildState.FAILED, FAILURE)).isTrue();
        });
        return build;
    }

    private void deployed(BuildRef build, DeploymentState state) {
        DeploymentRef deployment = new DeploymentRef(sample.organization, sample.service.id(), Ids.next());
        sample.tenancy.inOrg(sample.organization, () -> {
            sample.deployments.insert(
                    deployment, Optional.of(build.buildId()), Deployment.Configuration.of(sample.service));
            if (state == DeploymentState.RUNNING) {
                sample.deployments.move(deployment, DeploymentState.DEPLOYING);
                sample.deployments.adoptImage(deployment, IMAGE, Optional.empty());
                sample.deployments.serve(deployment);
            } else if (state.isTerminal()) {
                sample.deployments.fail(deployment, state, FAILURE);
            }
        });
    }

    private DeploymentRef released() {
        DeploymentRef deployment = sample.deployment();
        sample.tenancy.inOrg(sample.organization, () -> {
            releases.begin(deployment);
            releases.append(deployment, AT, List.of("one", "two"));
            releases.succeed(deployment);
        });
        return deployment;
    }

    private List<UUID> all() {
        return List.of(sample.service.id());
    }

    private <T> T platform(Supplier<T> work) {
        return sample.tenancy.asPlatform("test", work);
    }

    private List<String> log(BuildRef build) {
        return sample.again(() -> logs.after(build, 0, 10)).stream()
                .map(LogLine::text)
                .toList();
    }
}
