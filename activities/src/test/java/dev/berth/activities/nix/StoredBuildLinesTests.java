package dev.berth.activities.nix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.domain.BuildRef;
import dev.berth.domain.RolloutPolicy;
import dev.berth.domain.ServiceState;
import dev.berth.store.BuildLogs;
import dev.berth.store.Builds;
import dev.berth.store.Ids;
import dev.berth.store.LogLine;
import dev.berth.store.Service;
import dev.berth.store.Services;
import dev.berth.store.Tenancy;
import dev.berth.testkit.TestDatabase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StoredBuildLinesTests {
    private static final TestDatabase DATABASE = TestDatabase.fresh();

    private final Tenancy tenancy = DATABASE.tenancy();
    private final BuildLogs logs = new BuildLogs(DATABASE.dataSource());
    private final BuildLines lines = new StoredBuildLines(tenancy, logs, Clock.systemUTC());
    private final UUID organization = DATABASE.organization();
    private final UUID service = Ids.next();
    private final BuildRef build = new BuildRef(organization, service, Ids.next());

    @BeforeEach
    void aBuildOfAService() {
        tenancy.inOrg(organization, () -> {
            new Services(DATABASE.dataSource()).insert(shop());
            new Builds(DATABASE.dataSource()).insert(build, "https://git.example/shop.git", "main");
        });
    }

    @Test
    void whatWasWrittenIsThereOnceItIsClosed() {
        try (BuildLines.Writer writer = lines.of(build)) {
            writer.accept("one");
            writer.accept("two");
        }
        lines.append(build, "three");

        assertThat(kept()).containsExactly("one", "two", "three");
    }

    @Test
    void somebodyWhoWatchesSeesLinesBeforeTheEnd() {
        try (BuildLines.Writer writer = lines.of(build)) {
            writer.accept("compiling");

            Awaitility.await().atMost(Duration.ofSeconds(90)).until(() -> kept().contains("compiling"));
        }
    }

    @Test
    void aFloodKeepsItsOrder() {
        try (BuildLines.Writer writer = lines.of(build)) {
            for (int i = 0; i < 2_500; i++) {
                writer.accept("line " + i);
            }
        }

        assertThat(kept()).hasSize(2_500).startsWith("line 0").endsWith("line 2499");
    }

    private List<String> kept() {
        return tenancy.inOrg(organization, () -> logs.after(build, 0, 10_000)).stream()
                .map(LogLine::text)
                .toList();
    }

    private Service shop() {
        return new Service(
                service,
                organization,
                Optional.empty(),
                "Shop",
                "shop",
                "shop-" + service.toString().substring(28),
                "https://git.example/shop.git",
                "main",
                1,
                500,
                256,
                8080,
                "/",
                Map.of(),
                RolloutPolicy.DEFAULT,
                Optional.empty(),
                ServiceState.PENDING,
                Optional.empty(),
                1,
                Instant.EPOCH,
                Instant.EPOCH);
    }
}
