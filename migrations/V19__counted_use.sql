-- What is counted of organisations is what they were let in for, and is summed up from what is kept.

-- As before, and a start counts by what it brings up, which may be another size than the service has by now.
create or replace view service_demand with (security_invoker = true) as
select s.organization_id, s.id as service_id,
       greatest(s.replicas, scaling.replicas) as replicas,
       greatest(s.replicas, scaling.replicas) * greatest(serving.cpu_millis, asked.cpu_millis)::bigint as cpu_millis,
       greatest(s.replicas, scaling.replicas) * greatest(serving.memory_mb, asked.memory_mb)::bigint as memory_mb
from container_services s
left join container_deployments serving
    on serving.id = s.current_deployment_id and s.status not in ('stopped', 'suspended')
left join lateral (
    select max(coalesce(d.cpu_millis, kept.cpu_millis, s.cpu_millis)) as cpu_millis,
           max(coalesce(d.memory_mb, kept.memory_mb, s.memory_mb)) as memory_mb
    from operations o
    left join container_deployments d on d.id = o.deployment_id
    left join lateral (
        select k.cpu_millis, k.memory_mb from container_deployments k
        where o.kind = 'start' and k.organization_id = s.organization_id and k.service_id = s.id
          and k.status in ('running', 'retired') and k.removed_at is null
        order by coalesce(k.routed_at, k.finished_at, k.created_at) desc, k.id desc
        limit 1) kept on true
    where o.service_id = s.id and o.status in ('pending', 'running') and o.kind not in ('delete', 'stop', 'scale')) asked on true
left join lateral (
    select max(o.replicas) as replicas from operations o
    where o.service_id = s.id and o.status in ('pending', 'running') and o.kind = 'scale') scaling on true
where serving.id is not null or asked.cpu_millis is not null;

-- As before; the few deployments that are kept are asked for their builds, and not every build for its deployments.
create or replace view organization_usage with (security_invoker = true) as
select q.organization_id,
       (select count(*) from container_services s where s.organization_id = q.organization_id) as services,
       coalesce(demand.cpu_millis, 0)::bigint as cpu_millis,
       coalesce(demand.memory_mb, 0)::bigint as memory_mb,
       -- layers that builds pushed whose deployments are still kept, rounded up
       (coalesce((select (sum(b.bytes_pushed) + 1048575)::bigint / 1048576 from container_builds b
                  where b.organization_id = q.organization_id and b.bytes_pushed > 0
                    and b.id in (select d.build_id from container_deployments d
                                 where d.organization_id = q.organization_id and d.removed_at is null)),
                 0)
        + coalesce((select sum(s.volume_mb) from container_services s where s.organization_id = q.organization_id), 0))::bigint
           as storage_mb,
       (select count(*) from operations o join container_builds b on b.id = o.build_id
        where o.organization_id = q.organization_id and o.status = 'running' and b.status in ('queued', 'running'))
           as concurrent_builds
from organization_quotas q
left join lateral (
    select sum(d.cpu_millis) as cpu_millis, sum(d.memory_mb) as memory_mb from service_demand d
    where d.organization_id = q.organization_id) demand on true;
create index container_deployments_kept on container_deployments (organization_id, build_id) where removed_at is null;

-- Whether a service was deleted is asked for what is found in Swarm without a row.
create index operations_deleted on operations (service_id) where kind = 'delete' and status = 'succeeded';
