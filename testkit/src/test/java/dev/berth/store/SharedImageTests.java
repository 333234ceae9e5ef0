package dev.berth.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.domain.BuildRef;
import dev.berth.domain.BuildState;
import dev.berth.domain.DeploymentRef;
import dev.berth.domain.DeploymentState;
import dev.berth.domain.Failure;
import dev.berth.domain.FailureCode;
import dev.berth.domain.ImageDigest;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When the image of a deployment that goes has to stay. */
final class SharedImageTests {
    private static final ImageDigest IMAGE = new ImageDigest("sha256:" + "1".repeat(64));
    private static final String COMMIT = "a".repeat(40);
    private static final Failure FAILURE = Failure.of(FailureCode.CANCELLED, "It was cancelled.", "");

    private final Sample sample = new Sample();
    private final BuildRef made = build();
    private final DeploymentRef going = deploymentOf(made);

    @BeforeEach
    void makeTheImage() {
        sample.tenancy.inOrg(sample.organization, () -> {
            sample.builds.begin(made, COMMIT);
            sample.builds.succeed(made, IMAGE);
            sample.deployments.adoptImage(going, IMAGE, Optional.of(COMMIT));
        });
    }

    @Test
    void notForTheDeploymentItselfNorItsBuild() {
        assertThat(isShared()).isFalse();
    }

    @Test
    void forAnotherDeploymentUntilThatHasEnded() {
        DeploymentRef other = sample.deployment();
        sample.tenancy.inOrg(sample.organization, () -> sample.deployments.adoptImage(other, IMAGE, Optional.empty()));
        assertThat(isShared()).isTrue();
        sample.tenancy.inOrg(sample.organization, () -> {
            sample.deployments.fail(other, DeploymentState.CANCELLED, FAILURE);
        });
        assertThat(isShared()).isFalse();
    }

    @Test
    void forABuildUnderWayOfItsCommitWhichMayHaveFoundIt() {
        BuildRef again = build();
        assertThat(isShared()).as("nobody knows its commit yet").isFalse();
        sample.tenancy.inOrg(sample.organization, () -> sample.builds.begin(again, COMMIT));
        assertThat(isShared()).isTrue();
        sample.tenancy.inOrg(sample.organization, () -> {
            sample.builds.end(again, BuildState.CANCELLED, FAILURE);
        });
        assertThat(isShared()).isFalse();
    }

    @Test
    void notForABuildOfAnotherCommit() {
        BuildRef other = build();
        sample.tenancy.inOrg(sample.organization, () -> sample.builds.begin(other, "b".repeat(40)));
        assertThat(isShared()).isFalse();
    }

    @Test
    void forADeploymentWhoseBuildHasFoundItBeforeItIsAdopted() {
        BuildRef again = build();
        DeploymentRef coming = deploymentOf(again);
        sample.tenancy.inOrg(sample.organization, () -> {
            sample.builds.begin(again, COMMIT);
            sample.builds.succeed(again, IMAGE);
        });
        assertThat(isShared()).isTrue();
        sample.tenancy.inOrg(sample.organization, () -> {
            sample.deployments.fail(coming, DeploymentState.CANCELLED, FAILURE);
        });
        assertThat(isShared()).isFalse();
    }

    private boolean isShared() {
        return sample.again(() -> sample.deployments.sharesImage(going, IMAGE));
    }

    private BuildRef build() {
        BuildRef build = new BuildRef(sample.organization, sample.service.id(), Ids.next());
        sample.tenancy.inOrg(sample.organization, () -> sample.builds.insert(build, sample.service.gitUrl(), "main"));
        return build;
    }

    private DeploymentRef deploymentOf(BuildRef build) {
        DeploymentRef deployment = sample.unknownDeployment();
        sample.tenancy.inOrg(
                sample.organization,
                () -> sample.deployments.insert(
                        deployment, Optional.of(build.buildId()), Deployment.Configuration.of(sample.service)));
        return deployment;
    }
}
