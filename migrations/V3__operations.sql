-- The queue of each service, and the journal of what was done.

-- An operation outlives its service: it is the answer to "was it deleted?". So service_id refers to no row.
create table operations (
    id uuid primary key,
    organization_id uuid not null references organizations on delete cascade,
    service_id uuid not null,
    kind text not null check (kind in ('deploy', 'rebuild', 'rollback', 'delete')),
    status text not null check (status in ('pending', 'running', 'succeeded', 'failed', 'cancelled', 'superseded')),
    deployment_id uuid references container_deployments on delete set null,
    build_id uuid references container_builds on delete set null,
    requested_by uuid references users on delete set null,
    position bigint generated always as identity,
    failure jsonb,
    started_at timestamptz,
    finished_at timestamptz,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    check ((finished_at is null) = (status in ('pending', 'running')))
);
create trigger touch before update on operations for each row execute function touch_updated_at();
-- the queue: oldest first
create index operations_queue on operations (service_id, position) where status in ('pending', 'running');
create unique index operations_one_runs on operations (service_id) where status = 'running';
create unique index operations_one_delete on operations (service_id)
    where kind = 'delete' and status in ('pending', 'running');
-- the wake sweep
create index operations_open on operations (status, created_at) where status in ('pending', 'running');
create index operations_list on operations (organization_id, service_id, created_at desc, id desc);
create index operations_deployment on operations (deployment_id);
create index operations_build on operations (build_id);
create index operations_requested_by on operations (requested_by);
call guard_by_organization('operations', 'organization_id');

-- One row per attempt of one step; subject_id names a build, a deployment, an operation or a service.
create table workflow_steps (
    id uuid primary key,
    organization_id uuid not null references organizations on delete cascade,
    service_id uuid not null,
    subject_kind text not null check (subject_kind in ('service', 'operation', 'build', 'deployment')),
    subject_id uuid not null,
    execution text not null check (length(execution) <= 200),
    name text not null check (length(name) between 1 and 100),
    attempt integer not null check (attempt >= 1),
    status text not null check (status in ('running', 'succeeded', 'failed', 'cancelled')),
    detail text check (length(detail) <= 1000),
    started_at timestamptz not null,
    finished_at timestamptz,
    unique (execution, attempt)
);
create index workflow_steps_subject on workflow_steps (subject_id, started_at, id);
create index workflow_steps_organization on workflow_steps (organization_id, started_at);
create index workflow_steps_service on workflow_steps (service_id, started_at);
create index workflow_steps_status on workflow_steps (status, started_at) where status = 'running';
call guard_by_organization('workflow_steps', 'organization_id');
