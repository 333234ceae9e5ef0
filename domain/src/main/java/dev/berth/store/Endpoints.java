package dev.berth.store;

import dev.berth.domain.DeploymentRef;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The healthy replicas of each deployment, as last seen in Swarm; every statement but {@link #all} names the organisation. */
public final class Endpoints {
    private final JdbcClient jdbc;

    public Endpoints(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
    }

    public List<Endpoint> of(DeploymentRef deployment) {
        return jdbc.sql("""
                select *, host(address) as ip from endpoints
                where organization_id = ? and deployment_id = ?
                order by task_id
                """)
                .params(deployment.organizationId(), deployment.deploymentId())
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
     * Makes the deployment's endpoints exactly these, if the organisation has it. Writes only what differs, since every write
     * moves the edge.
     *
     * @param addressByTask task id to IP address
     * @return whether anything was written
     */
    public boolean replace(DeploymentRef deployment, Map<String, String> addressByTask) {
        Map<String, String> before = new HashMap<>();
        of(deployment).forEach(endpoint -> before.put(endpoint.taskId(), endpoint.address()));
        if (before.equals(addressByTask)) {
            return false;
        }
        Set<String> gone = new HashSet<>(before.keySet());
        gone.removeAll(addressByTask.keySet());
        int written = 0;
        for (String task : gone) {
            written += jdbc.sql("delete from endpoints where organization_id = ? and deployment_id = ? and task_id = ?")
                    .params(deployment.organizationId(), deployment.deploymentId(), task)
                    .update();
        }
        for (Map.Entry<String, String> observed : addressByTask.entrySet()) {
            if (!observed.getValue().equals(before.get(observed.getKey()))) {
                written += put(deployment, observed.getKey(), observed.getValue());
            }
        }
        return written > 0;
    }

    private int put(DeploymentRef deployment, String task, String address) {
        return jdbc.sql("""
                insert into endpoints (deployment_id, task_id, organization_id, address)
                select id, ?, organization_id, cast(? as inet) from container_deployments
                where organization_id = ? and id = ?
                on conflict (deployment_id, task_id) do update set address = excluded.address
                """)
                .params(task, address, deployment.organizationId(), deployment.deploymentId())
                .update();
    }
}
