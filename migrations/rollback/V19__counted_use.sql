drop index operations_deleted;
drop index container_deployments_kept;

create or replace view organization_usage with (security_invoker = true) as
select q.organization_id,
       (select count(*) from container_services s where s.organization_id = q.organization_id) as services,
       coalesce(demand.cpu_millis, 0)::bigint as cpu_millis,
       coalesce(demand.memory_mb, 0)::bigint as memory_mb,
       -- layers that builds pushed whose deployments are still kept, rounded up
       (coalesce((select (sum(b.bytes_pushed) + 1048575)::bigint / 1048576 from container_builds b
                  where b.organization_id = q.organization_id and b.bytes_pushed > 0
                    and exists (select from container_deployments d where d.build_id = b.id and d.removed_at is null)),
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

create or replace view service_demand with (security_invoker = true) as
select s.organization_id, s.id as service_id,
       greatest(s.replicas, scaling.replicas) as replicas,
       greatest(s.replicas, scaling.replicas) * greatest(serving.cpu_millis, asked.cpu_millis)::bigint as cpu_millis,
       greatest(s.replicas, scaling.replicas) * greatest(serving.memory_mb, asked.memory_mb)::bigint as memory_mb
from container_services s
left join container_deployments serving
    on serving.id = s.current_deployment_id and s.status not in ('stopped', 'suspended')
left join lateral (
    select max(coalesce(d.cpu_millis, s.cpu_millis)) as cpu_millis, max(coalesce(d.memory_mb, s.memory_mb)) as memory_mb
    from operations o left join container_deployments d on d.id = o.deployment_id
    where o.service_id = s.id and o.status in ('pending', 'running') and o.kind not in ('delete', 'stop', 'scale')) asked on true
left join lateral (
    select max(o.replicas) as replicas from operations o
    where o.service_id = s.id and o.status in ('pending', 'running') and o.kind = 'scale') scaling on true
where serving.id is not null or asked.cpu_millis is not null;
