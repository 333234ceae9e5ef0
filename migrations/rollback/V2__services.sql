alter table container_services drop constraint container_services_current_deployment;
drop table build_log_chunks, container_deployments, container_builds, container_services, container_workers,
    application_templates;
drop function announce_build_log();
