drop function recognize_token(bytea);
drop function recognize_session(bytea, timestamptz, timestamptz);
drop policy recognition on organizations;
drop policy recognition on memberships;
drop policy recognition on service_grants;
drop policy recognition on api_tokens;
revoke select (id, name, slug) on organizations from berth_recognition;
revoke select (id, email, platform_admin, disabled_at) on users from berth_recognition;
revoke select (organization_id, user_id, role) on memberships from berth_recognition;
revoke select (organization_id, service_id, user_id, role) on service_grants from berth_recognition;
revoke select (id, organization_id, user_id, token_hash, scope, service_id, expires_at, revoked_at, last_used_at)
    on api_tokens from berth_recognition;
revoke select (id, user_id, token_id, token_hash, expires_at, revoked_at, last_used_at) on sessions from berth_recognition;
revoke usage on schema public from berth_recognition, berth_app;
-- The role stays: it belongs to the server, and another database on it may use it.
