-- What else may be asked of a service: restart, start, stop, scale; and to end what is under way.

alter table operations drop constraint operations_kind_check;
alter table operations
    add constraint operations_kind_check check (kind in
        ('deploy', 'rebuild', 'restart', 'start', 'stop', 'scale', 'rollback', 'delete')),
    -- what a scale asks for, and what it goes back to where that does not get healthy
    add column replicas integer check (replicas between 1 and 100),
    add column replicas_before integer check (replicas_before between 1 and 100),
    add constraint operations_replicas check ((kind = 'scale') = (replicas is not null)),
    -- somebody wants it to end; it ends when it has cleared up behind itself
    add column cancel_requested_at timestamptz,
    -- the newer operation for which it was ended
    add column superseded_by uuid;
-- the sweep that passes the wish on, until it was heard
create index operations_cancel on operations (cancel_requested_at) where cancel_requested_at is not null;

-- A route without a deployment shows the page of a stopped service.
alter table routes alter column deployment_id drop not null;

-- How a service's deployments go: null is the platform's number.
alter table container_services
    add column soak_seconds integer check (soak_seconds between 0 and 3600),
    add column health_deadline_seconds integer check (health_deadline_seconds between 5 and 3600),
    -- what becomes of a deployment under way when a newer one is asked for
    add column on_newer text not null default 'finish' check (on_newer in ('finish', 'cancel'));
