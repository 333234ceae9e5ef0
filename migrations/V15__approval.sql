-- What a new image passes before it is started: an admin's approval, and the times of the week.

alter table container_services
    add column approval_required boolean not null default false,
    -- days, from and until of each; none: at any time
    add column deploy_windows jsonb not null default '[]' check (jsonb_typeof(deploy_windows) = 'array'),
    add column deploy_window_zone text not null default 'UTC' check (length(deploy_window_zone) <= 64);

alter table container_deployments
    add column approved_at timestamptz,
    add column approved_by uuid references users on delete set null;
create index container_deployments_approved_by on container_deployments (approved_by);

-- An operation that is held at its service's gates waits for one of two more things, and others pass it.
alter table operations
    add column waits_until timestamptz,
    drop constraint operations_waiting_for_check,
    add constraint operations_waiting_for_check check (waiting_for in ('build_slot', 'approval', 'window')),
    add constraint operations_waits_until check
        ((waits_until is not null) = (waiting_for is not distinct from 'window'));
create index operations_waits_until on operations (waits_until) where waits_until is not null;
-- what may still be watched: the last that had its turn
create index operations_succeeded on operations (organization_id, service_id, started_at desc, id desc)
    where status = 'succeeded';
