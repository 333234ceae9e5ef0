package dev.berth.activities.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.activities.builds.TestServices;
import dev.berth.domain.BuildRef;
import dev.berth.domain.BuildState;
import dev.berth.domain.Failure;
import dev.berth.domain.FailureCode;
import dev.berth.domain.ServiceRef;
import dev.berth.store.BuildLogs;
import dev.berth.store.Builds;
import dev.berth.store.Ids;
import dev.berth.store.LogLine;
import dev.berth.store.LogRetention;
import dev.berth.store.Tenancy;
import dev.berth.testkit.TestDatabase;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class OldLogsTests {
    private static final TestDatabase DATABASE = TestDatabase.fresh();
    private static final Failure FAILURE = Failure.of(FailureCode.CANCELLED, "It was ended.", "");

    private final Tenancy tenancy = DATABASE.tenancy();
    private final BuildLogs logs = new BuildLogs(DATABASE.dataSource());

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
        ServiceRef service = TestServices.insert(DATABASE, "https://git.example/shop.git");
        Builds rows = new Builds(DATABASE.dataSource());
        List<BuildRef> builds = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            BuildRef build = new BuildRef(service.organizationId(), service.serviceId(), Ids.next());
            builds.add(build);
            tenancy.inOrg(service.organizationId(), () -> {
                rows.insert(build, "https://git.example/shop.git", "main");
                logs.append(build, Instant.EPOCH, List.of("one", "two"));
                rows.end(build, BuildState.CANCELLED, FAILURE);
            });
        }
        return builds;
    }

    private List<String> log(BuildRef build) {
        return tenancy.inOrg(build.organizationId(), () -> logs.after(build, 0, 10)).stream()
                .map(LogLine::text)
                .toList();
    }
}
