package dev.berth.activities.builds;

import dev.berth.domain.RolloutPolicy;
import dev.berth.domain.ServiceRef;
import dev.berth.domain.ServiceState;
import dev.berth.store.Ids;
import dev.berth.store.Service;
import dev.berth.store.Services;
import dev.berth.testkit.TestDatabase;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Services with an organisation of their own, for tests that only need one to be there. */
public final class TestServices {
    private TestServices() {}

    public static ServiceRef insert(TestDatabase database, String gitUrl) {
        UUID organization = database.organization();
        UUID id = Ids.next();
        String slug = "app-" + id.toString().substring(24);
        Service service = new Service(
                id,
                organization,
                Optional.empty(),
                "App",
                slug,
                slug,
                gitUrl,
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
                0,
                Instant.EPOCH,
                Instant.EPOCH);
        database.tenancy().inOrg(organization, () -> new Services(database.dataSource()).insert(service));
        return service.ref();
    }
}
