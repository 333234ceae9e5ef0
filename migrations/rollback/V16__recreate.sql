alter table container_deployments
    drop constraint container_deployments_gap,
    drop column gap_millis,
    drop column gap_began_at;
alter table routes
    drop constraint routes_paused_what_serves,
    drop column paused_at;
-- Who wanted no two at once has to look after that: blue/green starts the second beside the first.
update container_services set strategy = 'blue_green' where strategy = 'recreate';
alter table container_services
    drop constraint container_services_strategy_check,
    add constraint container_services_strategy_check check (strategy in ('blue_green', 'canary'));
