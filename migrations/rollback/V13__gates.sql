drop table release_log_chunks;
drop table releases;
alter table container_deployments drop column release_command;
alter table container_services
    drop column release_command,
    drop column release_deadline_seconds;
