package dev.berth.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.domain.placement.Host;
import dev.berth.store.Hosts.Seen;
import dev.berth.store.Hosts.Seen.State;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

final class HostsTests {
    private final Sample sample = new Sample();
    private final Hosts hosts = new Hosts(sample.source);
    private final JdbcClient owner = JdbcClient.create(sample.database.ownerDataSource());

    @Test
    void aNodeIsOneRowHoweverOftenItIsSeen() {
        refresh(node("a", State.ACTIVE, 100));
        Host before = room().getFirst();
        assertThat(before).isEqualTo(new Host(before.id(), true, 4_000, 8_192, 100, 64));
        refresh(node("a", State.ACTIVE, 300));
        assertThat(room()).containsExactly(new Host(before.id(), true, 4_000, 8_192, 300, 64));
    }

    @Test
    void whatDrainsTakesNothingNewAndWhatIsAwayIsNoRoom() {
        refresh(node("a", State.DRAINING, 0), node("b", State.UNHEALTHY, 0), node("c", State.ACTIVE, 0));
        assertThat(room().stream().map(Host::schedulable)).containsExactlyInAnyOrder(true, false);
        refresh(node("a", State.ACTIVE, 0));
        assertThat(room()).hasSize(1).allMatch(Host::schedulable);
        assertThat(owner.sql("select name || ' ' || status from container_workers order by name")
                        .query(String.class)
                        .list())
                .containsExactly("host-a active", "host-b removed", "host-c removed");
        refresh(node("b", State.ACTIVE, 0));
        assertThat(room()).as("one that came back").hasSize(1);
    }

    @Test
    void whatWasNotSeenForTwoMinutesIsNotKnown() {
        refresh(node("a", State.ACTIVE, 0));
        owner.sql("update container_workers set last_heartbeat_at = now() - interval '121 seconds'")
                .update();
        assertThat(room()).isEmpty();
        refresh(node("a", State.UNHEALTHY, 0));
        assertThat(room()).isEmpty();
        refresh(node("a", State.ACTIVE, 0));
        assertThat(room()).hasSize(1);
    }

    @Test
    void aHostThatSwarmNeverShowedIsLeftAlone() {
        owner.sql("""
                insert into container_workers (id, name, status, cpu_millis, memory_bytes, disk_bytes, last_heartbeat_at)
                values (?, 'agent', 'active', 1000, 1048576, 0, now())
                """).param(UUID.randomUUID()).update();
        refresh(node("a", State.ACTIVE, 0));
        assertThat(room()).hasSize(2);
    }

    @Test
    void tenantsSeeRoomAndNoHost() {
        refresh(node("a", State.ACTIVE, 0));
        assertThat(sample.again(hosts::room)).hasSize(1);
        assertThatThrownBy(() -> sample.again(() -> JdbcClient.create(sample.source)
                        .sql("select name from container_workers")
                        .query(String.class)
                        .list()))
                .isInstanceOf(DataAccessException.class);
    }

    private void refresh(Seen... nodes) {
        sample.tenancy.asPlatform("test", () -> hosts.refresh(List.of(nodes)));
    }

    private List<Host> room() {
        return sample.tenancy.asPlatform("test", hosts::room);
    }

    private static Seen node(String id, State state, int reservedCpuMillis) {
        return new Seen(id, "host-" + id, state, 4_000, 8L << 30, reservedCpuMillis, 64L << 20);
    }
}
