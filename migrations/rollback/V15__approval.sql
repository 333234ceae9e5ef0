-- What is held at its gates goes on without them.
update operations set waiting_for = null, waits_until = null where waiting_for in ('approval', 'window');
-- What was rejected is cancelled to whoever knows no other word.
update operations set failure = jsonb_set(failure, '{code}', '"CANCELLED"') where failure ->> 'code' = 'REJECTED';
update container_deployments set failure = jsonb_set(failure, '{code}', '"CANCELLED"')
    where failure ->> 'code' = 'REJECTED';
drop index operations_succeeded;
alter table operations
    drop constraint operations_waits_until,
    drop constraint operations_waiting_for_check,
    add constraint operations_waiting_for_check check (waiting_for in ('build_slot')),
    drop column waits_until;
alter table container_deployments drop column approved_by, drop column approved_at;
alter table container_services
    drop column deploy_window_zone,
    drop column deploy_windows,
    drop column approval_required;
