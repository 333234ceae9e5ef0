package dev.berth.activities.builds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.berth.activities.TestRegistry;
import dev.berth.activities.git.GitLimits;
import dev.berth.activities.git.GitSource;
import dev.berth.activities.image.FabricatedStore;
import dev.berth.activities.image.ImagePacker;
import dev.berth.activities.image.LayerCache;
import dev.berth.activities.registry.ImagePusher;
import dev.berth.activities.registry.RegistryClient;
import dev.berth.activities.registry.Repository;
import dev.berth.domain.BuildRef;
import dev.berth.domain.BuildState;
import dev.berth.domain.Failure;
import dev.berth.domain.FailureCode;
import dev.berth.domain.ServiceRef;
import dev.berth.domain.plan.BuildPlan;
import dev.berth.outbound.AddressGuard;
import dev.berth.store.Build;
import dev.berth.store.Builds;
import dev.berth.store.Ids;
import dev.berth.store.Tenancy;
import dev.berth.testkit.GitServer;
import dev.berth.testkit.RealPart;
import dev.berth.testkit.TestDatabase;
import dev.berth.workflows.BuildWorkflow.Reuse;
import dev.berth.workflows.ImageActivities.PushedImage;
import dev.berth.workflows.NixActivities.StoreOutput;
import dev.berth.workflows.SourceActivities.Resolution;
import io.temporal.failure.ApplicationFailure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every step runs twice, as after a crash between doing and saying so. */
@RealPart("registry")
final class BuildStepsTests {
    private static TestDatabase database;

    @TempDir
    private Path folder;

    private final RegistryClient registry = TestRegistry.client();
    private final List<UUID> released = new ArrayList<>();
    private final List<String> log = new ArrayList<>();
    private GitServer server;
    private Tenancy tenancy;
    private Builds builds;
    private ServiceRef service;
    private Workspaces workspaces;
    private SourceSteps source;
    private ImageSteps images;
    private StoreOutput output;

    @BeforeAll
    static void migrate() {
        database = TestDatabase.fresh();
    }

    @BeforeEach
    void start() {
        server = GitServer.start(folder.resolve("served"));
        server.create("app");
        server.commit("app", Map.of("index.html", "hello"));
        tenancy = database.tenancy();
        builds = new Builds(database.dataSource());
        service = TestServices.insert(database, server.url("app"));
        workspaces = new Workspaces(folder.resolve("builds"));
        Leftovers leftovers = new Leftovers(workspaces, released::add);
        BuildRows rows = new BuildRows(tenancy, builds);
        FabricatedStore store = FabricatedStore.withApp(folder.resolve("store"), "v1");
        output = new StoreOutput(store.output());
        source = new SourceSteps(
                rows,
                new GitSource(new AddressGuard(Set.of("127.0.0.1")), GitLimits.standard()),
                registry,
                leftovers,
                (build, line) -> log.add(line),
                () -> () -> {});
        images = new ImageSteps(
                rows,
                new ImagePacker(store, new LayerCache(folder.resolve("layers"), Long.MAX_VALUE)),
                new ImagePusher(registry, () -> Long.MAX_VALUE),
                registry,
                leftovers,
                (build, line) -> log.add(line),
                () -> () -> {});
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void keepsTheCommitThatItFoundFirst() {
        BuildRef build = newBuild();
        Resolution first = source.resolveCommit(build, Reuse.EARLIER_BUILD);
        server.commit("app", Map.of("index.html", "newer"));
        assertThat(source.resolveCommit(build, Reuse.EARLIER_BUILD)).isEqualTo(first);
        assertThat(row(build).commitSha()).contains(first.commitSha());
        assertThat(row(build).status()).isEqualTo(BuildState.RUNNING);
        assertThat(first.reusable()).isEmpty();
    }

    @Test
    void fetchesAndPlansTwiceToTheSameEnd() {
        BuildRef build = newBuild();
        BuildPlan plan = fetchAndPlan(build);
        assertThat(fetchAndPlan(build)).isEqualTo(plan);
        assertThat(plan.kind()).isEqualTo(BuildPlan.Kind.STATIC_SITE);
        assertThat(row(build).plan()).contains(plan);
        assertThat(workspaces.source(build).resolve("index.html")).hasContent("hello");
    }

    @Test
    void saysThatItDoesNotRecogniseAnApp() {
        server.git("app", List.of("rm", "--quiet", "index.html"));
        server.commit("app", Map.of("notes.txt", "nothing"));
        BuildRef build = newBuild();
        ApplicationFailure thrown = catchThrowableOfType(ApplicationFailure.class, () -> fetchAndPlan(build));
        assertThat(thrown.getType()).isEqualTo(FailureCode.APP_NOT_RECOGNISED.name());
    }

    @Test
    void doesNotLookForEverForAWorkspaceThatIsGone() {
        BuildRef build = newBuild();
        source.resolveCommit(build, Reuse.NOTHING);
        ApplicationFailure thrown = catchThrowableOfType(ApplicationFailure.class, () -> source.planBuild(build));
        assertThat(thrown.getType()).isEqualTo(FailureCode.WORKSPACE_LOST.name());
        assertThat(thrown.isNonRetryable()).isTrue();
    }

    @Test
    void doesNotTryForEverForABuildWhoseServiceIsGone() {
        BuildRef gone = new BuildRef(service.organizationId(), service.serviceId(), Ids.next());
        ApplicationFailure thrown =
                catchThrowableOfType(ApplicationFailure.class, () -> source.resolveCommit(gone, Reuse.NOTHING));
        assertThat(thrown.getType()).isEqualTo(FailureCode.CANCELLED.name());
        assertThat(thrown.isNonRetryable()).isTrue();
    }

    @Test
    void pushesOnceAndRecordsWhatThatTook() {
        BuildRef build = newBuild();
        source.resolveCommit(build, Reuse.NOTHING);
        PushedImage first = images.pushImage(build, output);
        PushedImage second = images.pushImage(build, output);
        assertThat(second).isEqualTo(first);
        assertThat(row(build).push().orElseThrow())
                .isEqualTo(new Build.Push(first.bytesPushed(), first.layersPushed(), first.layers()));
        assertThat(tags()).containsExactly(build.buildId().toString());
    }

    @Test
    void finishesOnceAndLeavesNothingBehind() {
        BuildRef build = newBuild();
        fetchAndPlan(build);
        PushedImage image = images.pushImage(build, output);
        for (int run = 0; run < 2; run++) {
            images.finishBuild(build, image.digest());
            source.discardWorkspace(build);
        }
        assertThat(row(build).status()).isEqualTo(BuildState.SUCCEEDED);
        assertThat(row(build).imageDigest()).contains(image.digest());
        assertThat(folder.resolve("builds")).isEmptyDirectory();
        assertThat(released).contains(build.buildId());
    }

    @Test
    void usesTheImageOfAnEarlierBuildOfTheSameCommitAndTagsIt() {
        BuildRef first = succeed();
        BuildRef second = newBuild();
        Resolution resolution = source.resolveCommit(second, Reuse.EARLIER_BUILD);
        assertThat(resolution.reusable()).isEqualTo(row(first).imageDigest());
        images.finishBuild(second, resolution.reusable().orElseThrow());
        images.finishBuild(second, resolution.reusable().orElseThrow());
        assertThat(row(second).status()).isEqualTo(BuildState.SUCCEEDED);
        assertThat(tags())
                .containsExactlyInAnyOrder(
                        first.buildId().toString(), second.buildId().toString());
        assertThat(source.resolveCommit(newBuild(), Reuse.NOTHING).reusable()).isEmpty();
    }

    @Test
    void usesNoImageThatHasLeftTheRegistry() {
        BuildRef first = succeed();
        registry.delete(Repository.of(service), row(first).imageDigest().orElseThrow(), () -> {});
        BuildRef second = newBuild();
        assertThat(source.resolveCommit(second, Reuse.EARLIER_BUILD).reusable()).isEmpty();
        ApplicationFailure thrown = catchThrowableOfType(
                ApplicationFailure.class,
                () -> images.finishBuild(second, row(first).imageDigest().orElseThrow()));
        assertThat(thrown.getType()).isEqualTo(FailureCode.IMAGE_MISSING.name());
    }

    @Test
    void abandonsABuildWithItsTagAndLeavesTheSameImageToOthers() {
        BuildRef kept = succeed();
        BuildRef build = newBuild();
        fetchAndPlan(build);
        images.pushImage(build, output);
        Failure failure = Failure.of(FailureCode.CANCELLED, "Somebody cancelled it.", "");
        images.abandonBuild(build, BuildState.CANCELLED, failure);
        images.abandonBuild(build, BuildState.CANCELLED, failure);
        assertThat(row(build).status()).isEqualTo(BuildState.CANCELLED);
        assertThat(row(build).failure()).contains(failure);
        assertThat(tags()).containsExactly(kept.buildId().toString());
        assertThat(workspaces.source(build)).doesNotExist();
        assertThat(released).contains(build.buildId());
    }

    @Test
    void leavesABuildThatHadSucceededItsImage() {
        BuildRef build = succeed();
        images.abandonBuild(build, BuildState.CANCELLED, Failure.of(FailureCode.CANCELLED, "Too late.", ""));
        assertThat(row(build).status()).isEqualTo(BuildState.SUCCEEDED);
        assertThat(tags()).containsExactly(build.buildId().toString());
    }

    private BuildRef succeed() {
        BuildRef build = newBuild();
        source.resolveCommit(build, Reuse.NOTHING);
        images.finishBuild(build, images.pushImage(build, output).digest());
        return build;
    }

    private BuildPlan fetchAndPlan(BuildRef build) {
        source.fetchSource(build, source.resolveCommit(build, Reuse.NOTHING).commitSha());
        return source.planBuild(build);
    }

    private BuildRef newBuild() {
        BuildRef build = new BuildRef(service.organizationId(), service.serviceId(), Ids.next());
        tenancy.inOrg(service.organizationId(), () -> builds.insert(build, server.url("app"), "main"));
        return build;
    }

    private Build row(BuildRef build) {
        return tenancy.inOrg(build.organizationId(), () -> builds.find(build).orElseThrow());
    }

    private List<String> tags() {
        return registry.tags(Repository.of(service), () -> {});
    }
}
