-- Every request begins with the question who asks. Each of these functions answers it in one round trip and outside of any
-- transaction: the login may call them, and so still reads no table by itself.
--
-- berth_recognition  owns them and nothing else; may read what they ask for, and write nothing
do $$
begin
    if not exists (select from pg_roles where rolname = 'berth_recognition') then
        create role berth_recognition nologin;
    end if;
end
$$;
grant usage on schema public to berth_recognition, berth_app;
grant select (id, name, slug) on organizations to berth_recognition;
grant select (id, email, platform_admin, disabled_at) on users to berth_recognition;
grant select (organization_id, user_id, role) on memberships to berth_recognition;
grant select (organization_id, service_id, user_id, role) on service_grants to berth_recognition;
grant select (id, organization_id, user_id, token_hash, scope, service_id, expires_at, revoked_at, last_used_at)
    on api_tokens to berth_recognition;
grant select (id, user_id, token_id, token_hash, expires_at, revoked_at, last_used_at) on sessions to berth_recognition;
create policy recognition on organizations for select to berth_recognition using (true);
create policy recognition on memberships for select to berth_recognition using (true);
create policy recognition on service_grants for select to berth_recognition using (true);
create policy recognition on api_tokens for select to berth_recognition using (true);

-- The holder of a token, as what they are in its organisation; no row for a token that is worth nothing now.
-- used_lately: the use was noted within the last minute and need not be noted again.
create function recognize_token(presented bytea)
    returns table (
        user_id uuid, email text, platform_admin boolean,
        token_id uuid, scope text, service_id uuid,
        organization_id uuid, organization_name text, organization_slug text, role text, grants jsonb,
        used_lately boolean)
    language sql stable security definer set search_path = pg_catalog, public, pg_temp
    as $$
        select t.user_id, u.email, u.platform_admin, t.id, t.scope, t.service_id, o.id, o.name, o.slug, m.role,
            (select coalesce(jsonb_object_agg(g.service_id, g.role), '{}') from service_grants g
             where g.organization_id = m.organization_id and g.user_id = m.user_id),
            coalesce(t.last_used_at >= now() - interval '1 minute', false)
        from api_tokens t
        join users u on u.id = t.user_id and u.disabled_at is null
        join organizations o on o.id = t.organization_id
        join memberships m on m.organization_id = t.organization_id and m.user_id = t.user_id
        where t.token_hash = presented and t.revoked_at is null and (t.expires_at is null or t.expires_at > now())
    $$;

-- Who is signed in; with the columns of a token where one opened the session, which then is worth what the token is worth.
create function recognize_session(presented bytea, at timestamptz, idle_since timestamptz)
    returns table (
        session_id uuid, user_id uuid, email text, platform_admin boolean,
        token_id uuid, scope text, service_id uuid,
        organization_id uuid, organization_name text, organization_slug text, role text, grants jsonb,
        used_lately boolean)
    language sql stable security definer set search_path = pg_catalog, public, pg_temp
    as $$
        select s.id, s.user_id, u.email, u.platform_admin, t.id, t.scope, t.service_id, o.id, o.name, o.slug, m.role,
            (select coalesce(jsonb_object_agg(g.service_id, g.role), '{}') from service_grants g
             where g.organization_id = m.organization_id and g.user_id = m.user_id),
            s.last_used_at >= at - interval '1 minute'
        from sessions s
        join users u on u.id = s.user_id and u.disabled_at is null
        left join api_tokens t on t.id = s.token_id
        left join organizations o on o.id = t.organization_id
        left join memberships m on m.organization_id = t.organization_id and m.user_id = t.user_id
        where s.token_hash = presented and s.revoked_at is null and s.expires_at > at and s.last_used_at > idle_since
          and (s.token_id is null
               or m.role is not null and t.revoked_at is null and (t.expires_at is null or t.expires_at > at))
    $$;

-- A transaction of the platform may ask as well: it sees all of it anyway.
revoke execute on function recognize_token(bytea), recognize_session(bytea, timestamptz, timestamptz) from public;
grant execute on function recognize_token(bytea), recognize_session(bytea, timestamptz, timestamptz)
    to berth_app, berth_platform;

-- Who gives a function away must be able to become its new owner, and that one to create in the schema; both for a moment.
grant berth_recognition to current_user with set true, inherit false;
grant create on schema public to berth_recognition;
alter function recognize_token(bytea) owner to berth_recognition;
alter function recognize_session(bytea, timestamptz, timestamptz) owner to berth_recognition;
revoke create on schema public from berth_recognition;
revoke berth_recognition from current_user;
