drop table reconcile_findings;
-- Refused while the history of a service names a repair.
alter table operations drop constraint operations_kind_check;
alter table operations add constraint operations_kind_check check (kind in
    ('deploy', 'rebuild', 'restart', 'start', 'stop', 'scale', 'rollback', 'delete'));
