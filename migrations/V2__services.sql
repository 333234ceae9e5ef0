-- What an organisation runs: services, their builds and their deployments; and the machines and templates they need.

create table application_templates (
    id uuid primary key,
    slug text not null unique check (slug ~ '^[a-z][a-z0-9-]{0,38}$'),
    name text not null check (length(name) between 1 and 100),
    description text not null check (length(description) <= 500),
    category text not null check (category in ('web', 'api', 'static', 'database', 'stack')),
    nix_expression text not null check (length(nix_expression) between 1 and 65536),
    default_cpu_millis integer not null check (default_cpu_millis between 10 and 64000),
    default_memory_mb integer not null check (default_memory_mb between 16 and 1048576),
    default_port integer not null check (default_port between 1 and 65535),
    default_env jsonb not null default '{}' check (jsonb_typeof(default_env) = 'object'),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
);
create trigger touch before update on application_templates for each row execute function touch_updated_at();
create index application_templates_category on application_templates (category, created_at, id);
create index application_templates_created_at on application_templates (created_at, id);
grant select on application_templates to berth_tenant;
grant select, insert, update, delete on application_templates to berth_platform;

-- The machines that run containers: the platform's, so tenants see none of them.
create table container_workers (
    id uuid primary key,
    name text not null unique check (name ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$'),
    swarm_node_id text unique,
    status text not null check (status in ('pending', 'active', 'draining', 'unhealthy', 'removed')),
    cpu_millis integer not null check (cpu_millis >= 0),
    memory_bytes bigint not null check (memory_bytes >= 0),
    disk_bytes bigint not null check (disk_bytes >= 0),
    last_heartbeat_at timestamptz,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
);
create trigger touch before update on container_workers for each row execute function touch_updated_at();
create index container_workers_status on container_workers (status, created_at, id);
create index container_workers_last_heartbeat_at on container_workers (last_heartbeat_at);
grant select, insert, update, delete on container_workers to berth_platform;

-- current_deployment_id is the deployment whose route is live: observed, never requested.
create table container_services (
    id uuid primary key,
    organization_id uuid not null references organizations on delete restrict,
    template_id uuid references application_templates on delete restrict,
    name text not null check (length(name) between 1 and 100),
    slug text not null check (slug ~ '^[a-z]([a-z0-9-]{0,38}[a-z0-9])?$'),
    host text not null unique check (host ~ '^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$'),
    git_url text not null check (length(git_url) between 1 and 2048),
    git_branch text not null check (length(git_branch) between 1 and 255),
    replicas integer not null check (replicas between 0 and 100),
    cpu_millis integer not null check (cpu_millis between 10 and 64000),
    memory_mb integer not null check (memory_mb between 16 and 1048576),
    port integer not null check (port between 1 and 65535),
    health_path text not null check (health_path like '/%' and length(health_path) <= 1024),
    env jsonb not null default '{}' check (jsonb_typeof(env) = 'object'),
    status text not null check (status in
        ('pending', 'building', 'deploying', 'running', 'stopped', 'degraded', 'failed', 'suspended', 'deleting')),
    current_deployment_id uuid,
    version bigint not null default 1,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    unique (organization_id, slug),
    unique (organization_id, id)
);
create trigger touch before update on container_services for each row execute function touch_updated_at();
-- list of services: newest first, by status
create index container_services_list on container_services (organization_id, created_at desc, id desc);
create index container_services_status on container_services (organization_id, status, created_at desc, id desc);
create index container_services_template on container_services (template_id);
create index container_services_current_deployment on container_services (current_deployment_id);
call guard_by_organization('container_services', 'organization_id');

create table container_builds (
    id uuid primary key,
    organization_id uuid not null,
    service_id uuid not null,
    status text not null check (status in ('queued', 'running', 'succeeded', 'failed', 'cancelled')),
    git_url text not null,
    git_branch text not null,
    commit_sha text check (commit_sha ~ '^[0-9a-f]{40,64}$'),
    plan jsonb,
    image_digest text check (image_digest ~ '^sha256:[0-9a-f]{64}$'),
    bytes_pushed bigint check (bytes_pushed >= 0),
    layers_pushed integer check (layers_pushed >= 0),
    layers integer check (layers >= layers_pushed),
    failure jsonb,
    started_at timestamptz,
    finished_at timestamptz,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    foreign key (organization_id, service_id) references container_services (organization_id, id) on delete cascade,
    unique (organization_id, service_id, id),
    check (status <> 'succeeded' or image_digest is not null),
    check (status in ('queued', 'running') or finished_at is not null)
);
create trigger touch before update on container_builds for each row execute function touch_updated_at();
create index container_builds_list on container_builds (organization_id, service_id, created_at desc, id desc);
create index container_builds_status on container_builds (status, created_at);
-- a build of the same commit
create index container_builds_reuse on container_builds (service_id, commit_sha, finished_at desc)
    where status = 'succeeded';
call guard_by_organization('container_builds', 'organization_id');

-- One immutable attempt to run one image with one configuration: the configuration is a copy, not a reference.
create table container_deployments (
    id uuid primary key,
    organization_id uuid not null,
    service_id uuid not null,
    build_id uuid references container_builds on delete set null,
    status text not null check (status in
        ('pending', 'building', 'deploying', 'running', 'superseded', 'rolled_back', 'failed', 'cancelled', 'retired')),
    image_digest text check (image_digest ~ '^sha256:[0-9a-f]{64}$'),
    commit_sha text check (commit_sha ~ '^[0-9a-f]{40,64}$'),
    cpu_millis integer not null,
    memory_mb integer not null,
    port integer not null,
    health_path text not null,
    env jsonb not null check (jsonb_typeof(env) = 'object'),
    failure jsonb,
    started_at timestamptz,
    routed_at timestamptz,
    proven_at timestamptz,
    removed_at timestamptz,
    finished_at timestamptz,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    foreign key (organization_id, service_id) references container_services (organization_id, id) on delete cascade,
    unique (organization_id, service_id, id),
    check (status not in ('running', 'retired') or image_digest is not null)
);
create trigger touch before update on container_deployments for each row execute function touch_updated_at();
create index container_deployments_list on container_deployments (organization_id, service_id, created_at desc, id desc);
create index container_deployments_build on container_deployments (build_id);
create index container_deployments_status on container_deployments (status, created_at);
-- what may be rolled back to, newest traffic first
create index container_deployments_retained on container_deployments (service_id, routed_at desc)
    where status in ('running', 'retired') and removed_at is null;
call guard_by_organization('container_deployments', 'organization_id');

alter table container_services
    add constraint container_services_current_deployment foreign key (organization_id, id, current_deployment_id)
    references container_deployments (organization_id, service_id, id) deferrable initially deferred;

-- A build's log, whole lines: text holds one line per row of the log, each "milliseconds since 1970, tab, line".
create table build_log_chunks (
    build_id uuid not null references container_builds on delete cascade,
    organization_id uuid not null references organizations on delete cascade,
    first_line integer not null check (first_line >= 1),
    line_count integer not null check (line_count between 1 and 1000),
    text text not null,
    created_at timestamptz not null default now(),
    primary key (build_id, first_line)
);
create index build_log_chunks_organization on build_log_chunks (organization_id, created_at);
call guard_by_organization('build_log_chunks', 'organization_id');

create function announce_build_log() returns trigger
    language plpgsql
    as $$
begin
    perform pg_notify('build_log', new.build_id::text);
    return null;
end
$$;
create trigger announce after insert on build_log_chunks for each row execute function announce_build_log();
