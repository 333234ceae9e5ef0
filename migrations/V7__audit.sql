-- What was done, by whom, from where, and what came of it; and the answers to requests that carry an idempotency key.

-- The end of each chain. A chain is an organisation's; the platform's own has the id of zeros.
create table audit_heads (
    chain_id uuid primary key,
    sequence bigint not null check (sequence >= 0),
    hash bytea not null check (length(hash) = 32),
    updated_at timestamptz not null default now()
);
create trigger touch before update on audit_heads for each row execute function touch_updated_at();
-- A head has no row of an organisation behind it when the organisation is gone: what was done to it stays provable.
alter table audit_heads enable row level security;
alter table audit_heads force row level security;
create policy tenant on audit_heads to berth_tenant
    using (chain_id = current_organization()) with check (chain_id = current_organization());
create policy platform on audit_heads to berth_platform using (true) with check (true);
grant select, insert, update on audit_heads to berth_tenant, berth_platform;

-- Only added to: nobody may change or remove a row, and each row's hash covers the one before it.
create table audit_events (
    chain_id uuid not null,
    sequence bigint not null check (sequence >= 1),
    id uuid not null unique,
    at timestamptz not null,
    actor_kind text not null check (actor_kind in ('user', 'token', 'operation', 'platform', 'nobody')),
    actor_id uuid,
    actor_name text not null check (length(actor_name) <= 254),
    address inet,
    action text not null check (action ~ '^[a-z]+(_[a-z]+)*\.[a-z]+(_[a-z]+)*$'),
    subject_kind text not null check (length(subject_kind) <= 40),
    subject_id uuid,
    subject_name text not null check (length(subject_name) <= 254),
    operation_id uuid,
    workflow_id text check (length(workflow_id) <= 200),
    outcome text not null check (outcome in ('requested', 'succeeded', 'failed', 'refused')),
    detail jsonb not null default '{}' check (jsonb_typeof(detail) = 'object'),
    previous_hash bytea not null check (length(previous_hash) = 32),
    hash bytea not null check (length(hash) = 32),
    created_at timestamptz not null default now(),
    primary key (chain_id, sequence)
);
create index audit_events_list on audit_events (chain_id, at desc, id desc);
create index audit_events_action on audit_events (chain_id, action, at desc, id desc);
create index audit_events_subject on audit_events (subject_id, at desc);
create index audit_events_operation on audit_events (operation_id);
create index audit_events_actor on audit_events (actor_id, at desc);
create index audit_events_outcome on audit_events (chain_id, outcome, at desc);
create index audit_events_created_at on audit_events (created_at);
alter table audit_events enable row level security;
alter table audit_events force row level security;
create policy tenant on audit_events to berth_tenant
    using (chain_id = current_organization()) with check (chain_id = current_organization());
create policy platform on audit_events to berth_platform using (true) with check (true);
grant select, insert on audit_events to berth_tenant, berth_platform;

create function refuse_change() returns trigger
    language plpgsql
    as $$
begin
    raise exception 'audit_events is only added to' using errcode = 'insufficient_privilege';
end
$$;
create trigger append_only before update or delete on audit_events for each row execute function refuse_change();
create trigger append_only_whole before truncate on audit_events for each statement execute function refuse_change();

-- The answer to a request, kept so that the same request sent again gets it again and has no second effect. A row without
-- status belongs to a request that is being answered, or whose process died before it had written the answer.
create table idempotency_keys (
    -- None for what belongs to no organisation, such as making one.
    organization_id uuid references organizations on delete cascade,
    principal_id uuid not null,
    route text not null check (length(route) <= 200),
    key text not null check (length(key) between 1 and 255),
    fingerprint bytea not null check (length(fingerprint) = 32),
    status integer check (status between 200 and 499),
    location text,
    -- Sealed: an answer may show a secret that the database keeps nowhere else.
    body bytea,
    expires_at timestamptz not null,
    created_at timestamptz not null default now(),
    unique nulls not distinct (organization_id, principal_id, route, key)
);
create index idempotency_keys_expires_at on idempotency_keys (expires_at);
create index idempotency_keys_status on idempotency_keys (status, created_at) where status is null;
call guard_by_organization('idempotency_keys', 'organization_id');
