package dev.berth.failpoints;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.temporal.common.interceptors.WorkerInterceptor;
import io.temporal.common.interceptors.WorkflowClientInterceptor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ServiceLoader;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GateTests {
    private static final Failpoint POINT = new Failpoint(Failpoint.Side.BEFORE, "CreateRevision", new UUID(0, 7));

    @TempDir
    private Path folder;

    @Test
    void whatNobodyAsksForPasses() {
        Gate.at(folder).pass(POINT, () -> {});
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void theFirstToComeWaitsUntilItIsLetGoAndTheSecondPasses() throws IOException {
        Files.createFile(folder.resolve(POINT.asked()));
        Thread first = Thread.ofVirtual().start(() -> Gate.at(folder).pass(POINT, () -> {}));
        await().atMost(Duration.ofSeconds(90)).until(() -> Files.exists(folder.resolve(POINT.held())));
        Gate.at(folder).pass(POINT, () -> {});
        assertThat(first.isAlive()).isTrue();
        Files.delete(folder.resolve(POINT.held()));
        await().atMost(Duration.ofSeconds(90)).until(() -> !first.isAlive());
    }

    @Test
    void aProcessThatIsToldOfNoFolderWaitsNowhere() {
        Gate.ofThisProcess().pass(POINT, () -> {});
    }

    @Test
    void bothSidesAreFoundByTheirService() {
        assertThat(ServiceLoader.load(WorkerInterceptor.class)).hasOnlyElementsOfType(HeldActivities.class);
        assertThat(ServiceLoader.load(WorkflowClientInterceptor.class)).hasOnlyElementsOfType(HeldWakeUps.class);
    }
}
