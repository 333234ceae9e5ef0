package dev.berth.store;

import static java.util.Objects.requireNonNull;

import dev.berth.domain.placement.Host;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The machines that run containers, as Swarm shows them. */
public final class Hosts {
    private static final int MEBI = 20;

    private final JdbcClient jdbc;

    public Hosts(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
    }

    /** Those that were seen within the last two minutes, with what is free; for tenants too, who see no more of them. */
    public List<Host> room() {
        return jdbc.sql("select * from host_room order by id")
                .query((row, number) -> new Host(
                        Column.id(row, "id"),
                        row.getBoolean("schedulable"),
                        row.getLong("cpu_millis"),
                        row.getLong("memory_bytes") >> MEBI,
                        row.getLong("reserved_cpu_millis"),
                        row.getLong("reserved_memory_bytes") >> MEBI))
                .list();
    }

    /**
     * Writes what Swarm shows now. A node that it does not show any more is removed; rows of hosts that Swarm never showed are
     * somebody else's. Platform only.
     */
    public void refresh(List<Seen> nodes) {
        nodes.forEach(this::put);
        jdbc.sql("""
                update container_workers set status = 'removed', reserved_cpu_millis = 0, reserved_memory_bytes = 0
                where swarm_node_id is not null and status <> 'removed' and swarm_node_id <> all (?)
                """)
                .param(nodes.stream().map(Seen::nodeId).toArray(String[]::new))
                .update();
    }

    private void put(Seen node) {
        jdbc.sql("""
                insert into container_workers as w (id, name, swarm_node_id, status, cpu_millis, memory_bytes, disk_bytes,
                    reserved_cpu_millis, reserved_memory_bytes, last_heartbeat_at)
                values (:id, :name, :node, :status, :cpuMillis, :memoryBytes, 0, :reservedCpuMillis, :reservedMemoryBytes,
                    case when :status <> 'unhealthy' then now() end)
                on conflict (swarm_node_id) do update
                set status = excluded.status, cpu_millis = excluded.cpu_millis, memory_bytes = excluded.memory_bytes,
                    reserved_cpu_millis = excluded.reserved_cpu_millis,
                    reserved_memory_bytes = excluded.reserved_memory_bytes,
                    last_heartbeat_at = coalesce(excluded.last_heartbeat_at, w.last_heartbeat_at)
                """)
                .param("id", Ids.next())
                .param("name", node.name())
                .param("node", node.nodeId())
                .param("status", Column.of(node.state()))
                .param("cpuMillis", node.cpuMillis())
                .param("memoryBytes", node.memoryBytes())
                .param("reservedCpuMillis", node.reservedCpuMillis())
                .param("reservedMemoryBytes", node.reservedMemoryBytes())
                .update();
    }

    /**
     * A node of the Swarm.
     *
     * @param name a DNS label that no other node has
     * @param reservedCpuMillis what the tasks on it have reserved, whoever started them
     */
    public record Seen(
            String nodeId,
            String name,
            State state,
            int cpuMillis,
            long memoryBytes,
            int reservedCpuMillis,
            long reservedMemoryBytes) {
        public Seen {
            requireNonNull(nodeId, "nodeId is null");
            requireNonNull(name, "name is null");
            requireNonNull(state, "state is null");
        }

        /** What becomes of containers there. */
        public enum State {
            /** Takes new ones. */
            ACTIVE,
            /** Takes no new ones: drained or paused. */
            DRAINING,
            /** Swarm does not reach it. */
            UNHEALTHY
        }
    }
}
