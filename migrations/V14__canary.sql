-- A new deployment may get a part of the traffic first: how a service wants it, and what each canary was and came to.

alter table container_services
    add column strategy text not null default 'blue_green' check (strategy in ('blue_green', 'canary')),
    -- percent of the requests
    add column canary_weight integer not null default 10 check (canary_weight between 1 and 99),
    -- 0: a person decides
    add column canary_hold_seconds integer not null default 0 check (canary_hold_seconds between 0 and 86400),
    add column canary_max_error_percent integer not null default 5 check (canary_max_error_percent between 1 and 100);

-- One row per deployment that was to be a canary. Its numbers are a copy: what is changed later counts for the next one.
create table canaries (
    deployment_id uuid primary key,
    organization_id uuid not null,
    service_id uuid not null,
    weight integer not null check (weight between 1 and 99),
    hold_seconds integer not null check (hold_seconds between 0 and 86400),
    max_error_percent integer not null check (max_error_percent between 1 and 100),
    -- when the edge was seen to send it its part, and when it ends by itself
    began_at timestamptz,
    ends_at timestamptz,
    requests bigint not null default 0 check (requests >= 0),
    errors bigint not null default 0 check (errors between 0 and requests),
    -- where the edge's own counters stood at the last look; they begin anew when the edge does
    edge_requests bigint not null default 0 check (edge_requests >= 0),
    edge_errors bigint not null default 0 check (edge_errors >= 0),
    -- the first word stands; who said it, or nobody
    decision text check (decision in ('promote', 'abort')),
    decided_by uuid references users on delete set null,
    decided_at timestamptz,
    failure jsonb,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    foreign key (organization_id, service_id, deployment_id)
        references container_deployments (organization_id, service_id, id) on delete cascade,
    unique (organization_id, service_id, deployment_id),
    check ((began_at is null) = (ends_at is null)),
    check ((decision is null) = (decided_at is null)),
    check ((failure is not null) = (coalesce(decision, '') = 'abort'))
);
create trigger touch before update on canaries for each row execute function touch_updated_at();
create index canaries_organization on canaries (organization_id, created_at);
create index canaries_decided_by on canaries (decided_by);
call guard_by_organization('canaries', 'organization_id');

-- A route with a canary sends it the weight of its row and everything else where it went before. That row alone has the number.
alter table routes
    add column canary_deployment_id uuid,
    add constraint routes_canary foreign key (organization_id, service_id, canary_deployment_id)
        references canaries (organization_id, service_id, deployment_id),
    add constraint routes_canary_beside check
        (canary_deployment_id is null or (deployment_id is not null and deployment_id <> canary_deployment_id));
create index routes_canary_deployment on routes (canary_deployment_id);
