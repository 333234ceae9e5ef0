-- What the edge serves: routes, the replicas behind them, and a number that grows with every change of either.

create table routes (
    service_id uuid primary key,
    organization_id uuid not null,
    host text not null unique check (host ~ '^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$'),
    deployment_id uuid not null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    foreign key (organization_id, service_id) references container_services (organization_id, id) on delete cascade,
    foreign key (organization_id, service_id, deployment_id)
        references container_deployments (organization_id, service_id, id) on delete cascade
);
create trigger touch before update on routes for each row execute function touch_updated_at();
create index routes_organization on routes (organization_id, created_at);
create index routes_deployment on routes (deployment_id);
call guard_by_organization('routes', 'organization_id');

create table endpoints (
    deployment_id uuid not null references container_deployments on delete cascade,
    task_id text not null check (length(task_id) between 1 and 64),
    organization_id uuid not null references organizations on delete cascade,
    address inet not null,
    created_at timestamptz not null default now(),
    primary key (deployment_id, task_id)
);
create index endpoints_organization on endpoints (organization_id, created_at);
call guard_by_organization('endpoints', 'organization_id');

create table edge_generation (
    only_row boolean primary key default true check (only_row),
    generation bigint not null
);
insert into edge_generation (generation) values (1);
grant select on edge_generation to berth_tenant, berth_platform;

-- A row that every writer updates, not a sequence: numbers must become visible in the order in which they were given.
create function bump_edge_generation() returns trigger
    language plpgsql security definer set search_path = public
    as $$
declare
    bumped bigint;
begin
    update edge_generation set generation = generation + 1 returning generation into bumped;
    perform pg_notify('edge', bumped::text);
    return null;
end
$$;
create trigger bump after insert or update or delete on routes for each statement execute function bump_edge_generation();
create trigger bump after insert or update or delete on endpoints for each statement execute function bump_edge_generation();
