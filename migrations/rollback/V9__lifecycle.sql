-- Routes of stopped services and operations of the new kinds cannot be said in the old schema: they go.
delete from routes where deployment_id is null;
alter table routes alter column deployment_id set not null;
delete from operations where kind in ('restart', 'start', 'stop', 'scale');
drop index operations_cancel;
alter table operations
    drop constraint operations_replicas,
    drop column replicas,
    drop column replicas_before,
    drop column cancel_requested_at,
    drop column superseded_by,
    drop constraint operations_kind_check;
alter table operations
    add constraint operations_kind_check check (kind in ('deploy', 'rebuild', 'rollback', 'delete'));
alter table container_services
    drop column soak_seconds,
    drop column health_deadline_seconds,
    drop column on_newer;
