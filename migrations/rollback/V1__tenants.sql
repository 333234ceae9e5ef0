drop table api_tokens, memberships, users, organizations;
drop procedure guard_by_organization(regclass, name);
drop function touch_updated_at();
drop function current_organization();
revoke usage on schema public from berth_tenant, berth_platform;
-- The roles stay: they belong to the server, and another database on it may use them.
