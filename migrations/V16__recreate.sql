-- What serves may be ended before its successor is started, so that two never run at once; and how long nothing served.

alter table container_services
    drop constraint container_services_strategy_check,
    add constraint container_services_strategy_check check (strategy in ('blue_green', 'canary', 'recreate'));

-- since when the edge answers in place of what serves, which is being ended
alter table routes
    add column paused_at timestamptz,
    add constraint routes_paused_what_serves check (paused_at is null or deployment_id is not null);

-- of the deployment that was being waited for
alter table container_deployments
    add column gap_began_at timestamptz,
    add column gap_millis bigint check (gap_millis >= 0),
    add constraint container_deployments_gap check (gap_millis is null or gap_began_at is not null);
