-- All traffic of a route with a canary goes where most of it went.
alter table routes
    drop constraint routes_canary_beside,
    drop constraint routes_canary,
    drop column canary_deployment_id;
drop table canaries;
alter table container_services
    drop column strategy,
    drop column canary_weight,
    drop column canary_hold_seconds,
    drop column canary_max_error_percent;
