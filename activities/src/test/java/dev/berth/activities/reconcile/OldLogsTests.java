package dev.berth.activities.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.domain.BuildRef;
import dev.berth.domain.BuildState;
import dev.berth.domain.Failure;
import dev.berth.domain.FailureCode;
import dev.berth.domain.RolloutPolicy;
import dev.berth.domain.ServiceState;
import dev.berth.store.BuildLogs;
import dev.berth.store.Builds;
import dev.berth.store.Ids;
import dev.berth.store.LogLine;
import dev.berth.store.LogRetention;
import dev.berth.store.Service;
import dev.berth.store.Services;
import dev.berth.store.Tenancy;
import dev.berth.testkit.TestDatabase;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class OldLogsTests {
    private static final TestDatabase DATABASE = TestDatabase.fresh();
    private static final Failure FAILURE = Failure.of(FailureCode.CANCELLED, "It was ended.", "");

    private final Tenancy tenancy = DATABASE.tenancy();
    private final BuildLogs logs = new BuildLogs(DATABASE.dataSource());
    private final UUID organization = DATABASE.organization();

    @Test
    void aBoundedNumberGoesAtOnceAndTheRestLater() {
        List<BuildRef> builds = builds(LogRetention.KEPT + 60);
        OldLogs old = new OldLogs(DATABASE.dataSource(), Clock.systemUTC());
        assertThat(old.drop()).isEqualTo(50);
        assertThat(old.drop()).isEqualTo(10);
        assertThat(old.drop()).isZero();
        assertThat(log(builds.get(59))).containsExactly(LogRetention.DROPPED);
        assertThat(log(builds.get(60))).containsExactly("one", "two");
    }

    private List<BuildRef> builds(int count) {
        UUID service = Ids.next();
        Builds rows = new Builds(DATABASE.dataSource());
        List<BuildRef> builds = new ArrayList<>();
        tenancy.inOrg(organization, () -> new Services(DATABASE.dataSource()).insert(shop(service)));
        for (int i = 0; i < count; i++) {
            BuildRef build = new BuildRef(organization, service, Ids.next());
            builds.add(build);
            tenancy.inOrg(organization, () -> {
                rows.insert(build, "https://git.example/shop.git", "main");
                logs.append(build, Instant.EPOCH, List.of("one", "two"));
                rows.end(build, BuildState.CANCELLED, FAILURE);
            });
        }
        return builds;
    }

    private List<String> log(BuildRef build) {
        return tenancy.inOrg(organization, () -> logs.after(build, 0, 10)).stream()
                .map(LogLine::text)
                .toList();
    }

    private Service shop(UUID id) {
        return new Service(
                id,
                organization,
                Optional.empty(),
                "Shop",
                "shop",
                "shop-" + id.toString().substring(28),
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
