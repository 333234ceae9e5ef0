create or replace view organization_usage with (security_invoker = true) as
select q.organization_id,
       (select count(*) from container_services s where s.organization_id = q.organization_id) as services,
       coalesce(demand.cpu_millis, 0)::bigint as cpu_millis,
       coalesce(demand.memory_mb, 0)::bigint as memory_mb,
       -- layers that builds pushed whose deployments are still kept, rounded up
       coalesce((select (sum(b.bytes_pushed) + 1048575)::bigint / 1048576 from container_builds b
                 where b.organization_id = q.organization_id and b.bytes_pushed > 0
                   and exists (select from container_deployments d where d.build_id = b.id and d.removed_at is null)),
                0)::bigint as storage_mb,
       (select count(*) from operations o join container_builds b on b.id = o.build_id
        where o.organization_id = q.organization_id and o.status = 'running' and b.status in ('queued', 'running'))
           as concurrent_builds
from organization_quotas q
left join lateral (
    select sum(d.cpu_millis) as cpu_millis, sum(d.memory_mb) as memory_mb from service_demand d
    where d.organization_id = q.organization_id) demand on true;

-- The volumes stay in the engines, with their services' ids in their labels; what is started next does not get them.
alter table container_deployments drop column volume;
alter table container_services
    drop constraint container_services_volume,
    drop column volume_node,
    drop column volume_mb;
