-- Drift: repairs are operations of their service, and what can only be told stands in a table of its own.

-- 'repair' beside all kinds of before.
alter table operations drop constraint operations_kind_check;
alter table operations add constraint operations_kind_check check (kind in
    ('deploy', 'rebuild', 'restart', 'start', 'stop', 'scale', 'rollback', 'repair', 'delete'));

-- A difference between rows and what is seen that nobody but a person can judge; closed when it is no longer seen.
create table reconcile_findings (
    id uuid primary key,
    -- none for what belongs to nobody known
    organization_id uuid references organizations on delete cascade,
    service_id uuid,
    kind text not null check (kind ~ '^[a-z]+(_[a-z]+)*$' and length(kind) <= 40),
    subject text not null check (length(subject) between 1 and 200),
    sentence text not null check (length(sentence) between 1 and 1000),
    opened_at timestamptz not null default now(),
    closed_at timestamptz
);
create unique index reconcile_findings_open on reconcile_findings (kind, subject) where closed_at is null;
create index reconcile_findings_list on reconcile_findings (opened_at desc, id desc);
create index reconcile_findings_organization on reconcile_findings (organization_id, opened_at desc, id desc);
call guard_by_organization('reconcile_findings', 'organization_id');
-- The platform writes them; an organisation may read its own.
revoke insert, update, delete on reconcile_findings from berth_tenant;
