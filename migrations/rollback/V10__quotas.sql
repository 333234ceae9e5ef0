drop view host_room, organization_limits, organization_usage, service_demand;
alter table container_workers drop column reserved_memory_bytes, drop column reserved_cpu_millis;
drop index operations_building;
alter table operations drop column waiting_for;
drop trigger quota on organizations;
drop function give_quota();
drop table quota_events, quota_usage, organization_quotas, quota_defaults;
drop function announce_quota_event();
