-- What a new image passes before it gets traffic: its release command.

alter table container_services
    -- program and arguments
    add column release_command jsonb check (jsonb_typeof(release_command) = 'array'),
    add column release_deadline_seconds integer check (release_deadline_seconds between 5 and 1800);

-- Copied when the deployment is asked for, like the rest of its configuration.
alter table container_deployments
    add column release_command jsonb check (jsonb_typeof(release_command) = 'array');

-- One run of a deployment's release command; there is never a second one.
create table releases (
    deployment_id uuid primary key,
    organization_id uuid not null,
    service_id uuid not null,
    status text not null check (status in ('running', 'succeeded', 'failed', 'cancelled')),
    exit_code integer,
    failure jsonb,
    started_at timestamptz not null default now(),
    finished_at timestamptz,
    foreign key (organization_id, service_id, deployment_id)
        references container_deployments (organization_id, service_id, id) on delete cascade,
    check ((finished_at is null) = (status = 'running')),
    check ((status = 'failed') = (failure is not null))
);
create index releases_deployment on releases (organization_id, service_id, deployment_id);
create index releases_status on releases (status, started_at) where status = 'running';
call guard_by_organization('releases', 'organization_id');

-- As build_log_chunks.
create table release_log_chunks (
    deployment_id uuid not null references releases on delete cascade,
    organization_id uuid not null references organizations on delete cascade,
    first_line integer not null check (first_line >= 1),
    line_count integer not null check (line_count between 1 and 1000),
    text text not null,
    created_at timestamptz not null default now(),
    primary key (deployment_id, first_line)
);
create index release_log_chunks_organization on release_log_chunks (organization_id, created_at);
call guard_by_organization('release_log_chunks', 'organization_id');
