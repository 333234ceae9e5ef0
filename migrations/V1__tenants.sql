-- Who may use Berth, and the two database roles through which every row is reached.
--
-- berth_tenant    sees the rows of one organisation, named per transaction in berth.organization_id
-- berth_platform  sees all: sign-in, sweeps, the edge document
-- berth_app       the login of the processes; owns nothing, inherits nothing, may become one of the two
do $$
begin
    if not exists (select from pg_roles where rolname = 'berth_tenant') then
        create role berth_tenant nologin;
    end if;
    if not exists (select from pg_roles where rolname = 'berth_platform') then
        create role berth_platform nologin;
    end if;
    if not exists (select from pg_roles where rolname = 'berth_app') then
        create role berth_app login noinherit;
    end if;
end
$$;
grant berth_tenant, berth_platform to berth_app;
grant usage on schema public to berth_tenant, berth_platform;

-- Empty outside a tenant's transaction, so that every comparison with it is unknown and no row is seen.
create function current_organization() returns uuid
    language sql stable
    as $$ select nullif(current_setting('berth.organization_id', true), '')::uuid $$;

create function touch_updated_at() returns trigger
    language plpgsql
    as $$
begin
    new.updated_at := now();
    return new;
end
$$;

-- One call per table that belongs to organisations: both walls, for both roles, the same everywhere.
create procedure guard_by_organization(guarded regclass, org_column name)
    language plpgsql
    as $$
begin
    execute format('alter table %s enable row level security', guarded);
    execute format('alter table %s force row level security', guarded);
    execute format(
        'create policy tenant on %s to berth_tenant using (%2$I = current_organization()) with check (%2$I = current_organization())',
        guarded, org_column);
    execute format('create policy platform on %s to berth_platform using (true) with check (true)', guarded);
    execute format('grant select, insert, update, delete on %s to berth_tenant, berth_platform', guarded);
end
$$;

create table organizations (
    id uuid primary key,
    name text not null check (length(name) between 1 and 100),
    slug text not null unique check (slug ~ '^[a-z]([a-z0-9-]{0,38}[a-z0-9])?$'),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
);
create trigger touch before update on organizations for each row execute function touch_updated_at();
call guard_by_organization('organizations', 'id');
create index organizations_created_at on organizations (created_at, id);

create table users (
    id uuid primary key,
    email text not null unique check (email = lower(email) and email like '%_@_%' and length(email) <= 254),
    display_name text not null check (length(display_name) between 1 and 100),
    platform_admin boolean not null default false,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
);
create trigger touch before update on users for each row execute function touch_updated_at();
create index users_created_at on users (created_at, id);
-- People belong to no single organisation: tenants read them through memberships only, in platform transactions.
grant select, insert, update, delete on users to berth_platform;

create table memberships (
    organization_id uuid not null references organizations on delete cascade,
    user_id uuid not null references users on delete cascade,
    role text not null check (role in ('owner', 'admin', 'developer', 'viewer')),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (organization_id, user_id)
);
create trigger touch before update on memberships for each row execute function touch_updated_at();
create index memberships_user on memberships (user_id);
create index memberships_created_at on memberships (organization_id, created_at);
call guard_by_organization('memberships', 'organization_id');

-- The token itself is shown once and never kept: 240 random bits need no slow hash.
create table api_tokens (
    id uuid primary key,
    organization_id uuid not null references organizations on delete cascade,
    user_id uuid not null references users on delete cascade,
    name text not null check (length(name) between 1 and 100),
    token_hash bytea not null unique check (length(token_hash) = 32),
    prefix text not null check (length(prefix) between 4 and 20),
    expires_at timestamptz,
    last_used_at timestamptz,
    revoked_at timestamptz,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
);
create trigger touch before update on api_tokens for each row execute function touch_updated_at();
create index api_tokens_organization on api_tokens (organization_id, created_at);
create index api_tokens_user on api_tokens (user_id);
create index api_tokens_expires_at on api_tokens (expires_at) where expires_at is not null;
call guard_by_organization('api_tokens', 'organization_id');
