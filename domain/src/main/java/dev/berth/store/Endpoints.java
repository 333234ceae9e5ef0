package dev.berth.store;

import dev.berth.domain.DeploymentRef;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The healthy replicas of each deployment, as last seen in Swarm. */
public final class Endpoints {
    private final JdbcClient jdbc;

    public Endpoints(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
    }

    public List<Endpoint> of(UUID deploymentId) {
        return jdbc.sql("select *, host(address) as ip from endpoints where deployment_id = ? order by task_id")
                .param(deploymentId)
                .query((row, number) -> new Endpoint(
                        Column.id(row, "deployment_id"),
                        Column.id(row, "organization_id"),
                        row.getString("task_id"),
                        row.getString("ip")))
                .list();
    }

    /** Every endpoint of every organisation. Platform only. */
    public List<Endpoint> all() {
        return jdbc.sql("select *, host(address) as ip from endpoints order by deployment_id, task_id")
                .query((row, number) -> new Endpoint(
                        Column.id(row, "deployment_id"),
                        Column.id(row, "organization_id"),
                        row.getString("task_id"),
                        row.getString("ip")))
                .list();
    }

    /**
     * Makes the deployment's endpoints exactly these. Writes only what differs, since every write moves the edge.
     *
     * @param addressByTask task id to IP address
     * @return whether anything differed
     */
    public boolean replace(DeploymentRef deployment, Map<String, String> addressByTask) {
        Map<String, String> before = new HashMap<>();
        of(deployment.deploymentId()).forEach(endpoint -> before.put(endpoint.taskId(), endpoint.address()));
        if (before.equals(addressByTask)) {
            return false;
        }
        Set<String> gone = new HashSet<>(before.keySet());
        gone.removeAll(addressByTask.keySet());
        gone.forEach(task -> jdbc.sql("delete from endpoints where deployment_id = ? and task_id = ?")
                .params(deployment.deploymentId(), task)
                .update());
        addressByTask.forEach((task, address) -> {
            if (!address.equals(before.get(task))) {
                jdbc.sql("""
                        insert into endpoints (deployment_id, task_id, organization_id, address)
                        values (?, ?, ?, cast(? as inet))
                        on conflict (deployment_id, task_id) do update set address = excluded.address
                        """)
                        .params(deployment.deploymentId(), task, deployment.organizationId(), address)
                        .update();
            }
        });
        return true;
    }
}
