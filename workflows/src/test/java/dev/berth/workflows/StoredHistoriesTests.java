package dev.berth.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which ways of each workflow {@link ReplayTests} goes again. */
final class StoredHistoriesTests {
    private static final List<String> SCENARIOS = List.of(
            "service/cancelled",
            "service/child-failed",
            "service/child-failed-settled-by-traffic",
            "service/found-started",
            "service/held",
            "service/idle",
            "service/lifecycle",
            "service/repair",
            "service/second-run",
            "service/settles-delete",
            "service/settles-deploy-with-traffic",
            "service/settles-repair",
            "service/settles-rollback",
            "service/settles-rollback-with-traffic",
            "service/settles-scale",
            "service/settles-start",
            "service/settles-start-later",
            "service/settles-start-of-nothing",
            "service/settles-start-unasked",
            "service/settles-start-with-traffic",
            "service/settles-stop",
            "service/three-operations",
            "build/cancelled",
            "build/fails",
            "build/reuses",
            "build/succeeds",
            "deploy/after-a-soak",
            "deploy/build-fails",
            "deploy/build-started-before",
            "deploy/canary-aborted",
            "deploy/canary-aborted-by-errors",
            "deploy/canary-after-a-soak",
            "deploy/canary-cancelled",
            "deploy/canary-of-nothing",
            "deploy/canary-promoted",
            "deploy/canary-time-is-up",
            "deploy/canary-unwatched",
            "deploy/cancelled-before-health",
            "deploy/cancelled-before-held",
            "deploy/cancelled-in-build",
            "deploy/cancelled-in-release",
            "deploy/cancelled-in-soak",
            "deploy/cancelled-too-late",
            "deploy/cancelled-while-finishing",
            "deploy/crashes-in-soak",
            "deploy/held",
            "deploy/never-healthy",
            "deploy/recreate",
            "deploy/recreate-cancelled",
            "deploy/recreate-never-healthy",
            "deploy/release-fails",
            "deploy/releases",
            "deploy/route-not-served",
            "deploy/short-soak",
            "deploy/soak-ended",
            "deploy/succeeds",
            "deploy/succeeds-for-good",
            "deploy/to-a-stopped-service",
            "deploy/without-build",
            "rollback/after-a-soak",
            "rollback/back-to-what-soaked",
            "rollback/cancelled",
            "rollback/cancelled-after-the-traffic-moved",
            "rollback/cancelled-before-finishing",
            "rollback/cancelled-too-late",
            "rollback/cold",
            "rollback/cold-never-healthy",
            "rollback/never-healthy",
            "rollback/recreate",
            "rollback/recreate-never-healthy",
            "rollback/route-not-served",
            "rollback/succeeds",
            "rollback/succeeds-for-good",
            "rollback/warm",
            "rollback/warm-at-once",
            "rollback/warm-not-served",
            "start/after-a-stop",
            "start/cancelled",
            "start/cancelled-too-late",
            "start/cancelled-while-finishing",
            "start/never-healthy",
            "start/releases",
            "start/serves-already",
            "start/succeeds",
            "start/succeeds-for-good",
            "stop/cancelled",
            "stop/cancelled-too-late",
            "stop/succeeds",
            "scale/cancelled",
            "scale/cancelled-too-late",
            "scale/cancelled-while-finishing",
            "scale/no-capacity",
            "scale/of-a-stopped-service",
            "scale/succeeds",
            "scale/succeeds-for-good",
            "repair/after-a-soak",
            "repair/cancelled",
            "repair/cancelled-before-finishing",
            "repair/cancelled-too-late",
            "repair/cancelled-while-finishing",
            "repair/crashed",
            "repair/never-healthy",
            "repair/soak-ended",
            "repair/succeeds",
            "repair/succeeds-for-good",
            "delete/after-a-soak",
            "delete/cancelled",
            "delete/cancelled-too-late",
            "delete/cancelled-while-forgetting",
            "delete/fails",
            "delete/succeeds",
            "delete/succeeds-for-good");

    @Test
    void everyScenarioIsStoredAndEveryStoredOneIsNamedHere() throws IOException {
        assertThat(ReplayTests.histories().stream().map(StoredHistoriesTests::scenario))
                .containsExactlyInAnyOrderElementsOf(SCENARIOS);
    }

    /** Without the version of what wrote it. */
    private static String scenario(Path history) {
        String name = history.getFileName().toString();
        return history.getParent().getFileName() + "/"
                + name.substring(name.indexOf('-') + 1, name.length() - ".json".length());
    }
}
