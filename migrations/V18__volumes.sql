-- A folder of a service that stays until the service is deleted: on one host, for one replica of one version at a time.

alter table container_services
    add column volume_mb integer check (volume_mb between 64 and 1048576),
    -- Swarm's id of the host that has it; nobody knows before something was started with it
    add column volume_node text check (volume_node ~ '^[a-z0-9]{1,64}$'),
    add constraint container_services_volume check (
        volume_mb is null and volume_node is null
        or volume_mb is not null and strategy = 'recreate' and replicas = 1);

alter table container_deployments
    add column volume boolean not null default false;

-- As before, and what services have asked for beside it.
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
