-- How much an organisation may have, how much it has, and who was told when it came close; and what the hosts have left.
--
-- Tenants read their own rows and write none. Amounts: processors in thousandths, memory and storage in mebibytes.

-- What holds for an organisation where its own row says nothing.
create table quota_defaults (
    only_row boolean primary key default true check (only_row),
    services integer not null check (services >= 0),
    cpu_millis integer not null check (cpu_millis >= 0),
    memory_mb integer not null check (memory_mb >= 0),
    storage_mb integer not null check (storage_mb >= 0),
    concurrent_builds integer not null check (concurrent_builds >= 0),
    version bigint not null default 1,
    updated_at timestamptz not null default now()
);
create trigger touch before update on quota_defaults for each row execute function touch_updated_at();
insert into quota_defaults (services, cpu_millis, memory_mb, storage_mb, concurrent_builds)
values (100, 200000, 204800, 204800, 4);
grant select on quota_defaults to berth_tenant;
grant select, update on quota_defaults to berth_platform;

-- Null is the platform's default. Whoever takes something holds the row (select for update) until it is taken, so that two
-- requests never both get what is left.
create table organization_quotas (
    organization_id uuid primary key references organizations on delete cascade,
    services integer check (services >= 0),
    cpu_millis integer check (cpu_millis >= 0),
    memory_mb integer check (memory_mb >= 0),
    storage_mb integer check (storage_mb >= 0),
    concurrent_builds integer check (concurrent_builds >= 0),
    version bigint not null default 1,
    -- Always true. The right to update it is the right to hold the row, which is all that a tenant may do to it.
    held boolean not null default true check (held),
    updated_at timestamptz not null default now()
);
create trigger touch before update on organization_quotas for each row execute function touch_updated_at();
call guard_by_organization('organization_quotas', 'organization_id');
revoke insert, update, delete on organization_quotas from berth_tenant;
grant update (held) on organization_quotas to berth_tenant;

-- What an organisation has, as it was summed up last; null for one that was never looked at.
create table quota_usage (
    organization_id uuid primary key references organizations on delete cascade,
    services bigint not null default 0,
    cpu_millis bigint not null default 0,
    memory_mb bigint not null default 0,
    storage_mb bigint not null default 0,
    concurrent_builds bigint not null default 0,
    recalculated_at timestamptz
);
call guard_by_organization('quota_usage', 'organization_id');
revoke insert, update, delete on quota_usage from berth_tenant;

-- One row from the moment that an organisation reaches a part of a limit until it is below it again.
create table quota_events (
    id uuid primary key default gen_random_uuid(),
    organization_id uuid not null references organizations on delete cascade,
    resource text not null check (resource in ('services', 'cpu_millis', 'memory_mb', 'storage_mb', 'concurrent_builds')),
    threshold smallint not null check (threshold in (80, 90, 100)),
    raised_at timestamptz not null default now(),
    cleared_at timestamptz,
    check (cleared_at >= raised_at)
);
create unique index quota_events_one_open on quota_events (organization_id, resource, threshold) where cleared_at is null;
-- newest first
create index quota_events_list on quota_events (organization_id, raised_at desc, id desc);
call guard_by_organization('quota_events', 'organization_id');
revoke insert, update, delete on quota_events from berth_tenant;

-- Raised and cleared: whoever tells people about it finds the row by its id.
create function announce_quota_event() returns trigger
    language plpgsql
    as $$
begin
    perform pg_notify('quota', new.id::text);
    return null;
end
$$;
create trigger announce after insert or update on quota_events for each row execute function announce_quota_event();

create function give_quota() returns trigger
    language plpgsql
    as $$
begin
    insert into organization_quotas (organization_id) values (new.id);
    insert into quota_usage (organization_id) values (new.id);
    return null;
end
$$;
create trigger quota after insert on organizations for each row execute function give_quota();
insert into organization_quotas (organization_id) select id from organizations;
insert into quota_usage (organization_id) select id from organizations;

-- What each service takes: its replicas by the size of what serves, or of what was asked for where that is larger; from the
-- moment that something is asked for, so that nobody gets it a second time; with as many replicas as a scale that is open asks for,
-- where that are more. While a new deployment comes up beside the old one
-- the service counts once. The asker's rights count (security_invoker), so a tenant sees its own services.
create view service_demand with (security_invoker = true) as
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
grant select on service_demand to berth_tenant, berth_platform;

-- What each organisation has now; the limits that hold for it are beside it in organization_limits.
create view organization_usage with (security_invoker = true) as
select q.organization_id,
       (select count(*) from container_services s where s.organization_id = q.organization_id) as services,
       coalesce(demand.cpu_millis, 0)::bigint as cpu_millis,
       coalesce(demand.memory_mb, 0)::bigint as memory_mb,
       -- layers that builds pushed whose deployments are still kept, rounded up
       coalesce((select (sum(b.bytes_pushed) + 1048575)::bigint / 1048576 from container_builds b
                 where b.organization_id = q.organization_id
                   and exists (select from container_deployments d where d.build_id = b.id and d.removed_at is null)),
                0)::bigint as storage_mb,
       (select count(*) from operations o join container_builds b on b.id = o.build_id
        where o.organization_id = q.organization_id and o.status = 'running' and b.status in ('queued', 'running'))
           as concurrent_builds
from organization_quotas q
left join lateral (
    select sum(d.cpu_millis) as cpu_millis, sum(d.memory_mb) as memory_mb from service_demand d
    where d.organization_id = q.organization_id) demand on true;
grant select on organization_usage to berth_tenant, berth_platform;

create view organization_limits with (security_invoker = true) as
select q.organization_id,
       coalesce(q.services, d.services) as services,
       coalesce(q.cpu_millis, d.cpu_millis) as cpu_millis,
       coalesce(q.memory_mb, d.memory_mb) as memory_mb,
       coalesce(q.storage_mb, d.storage_mb) as storage_mb,
       coalesce(q.concurrent_builds, d.concurrent_builds) as concurrent_builds
from organization_quotas q cross join quota_defaults d;
grant select on organization_limits to berth_tenant, berth_platform;

-- Why an operation waits though it is next: more builds than these run at once in no organisation.
alter table operations
    add column waiting_for text check (waiting_for in ('build_slot')),
    add constraint operations_waiting check (waiting_for is null or status <> 'running');
create index operations_waiting on operations (organization_id, position) where waiting_for is not null;
-- builds under way
create index operations_building on operations (organization_id) where status = 'running' and build_id is not null;

-- What the tasks on a host have reserved, whoever started them.
alter table container_workers
    add column reserved_cpu_millis integer not null default 0 check (reserved_cpu_millis >= 0),
    add column reserved_memory_bytes bigint not null default 0 check (reserved_memory_bytes >= 0);

-- The hosts as a tenant's request needs them for a decision: sizes, no names. With its owner's rights, since tenants see no host.
create view host_room as
select id, status = 'active' as schedulable, cpu_millis, memory_bytes, reserved_cpu_millis, reserved_memory_bytes
from container_workers
where status in ('active', 'draining') and last_heartbeat_at > now() - interval '2 minutes';
grant select on host_room to berth_tenant, berth_platform;
