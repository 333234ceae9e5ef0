-- How people prove who they are, how they come into an organisation, and what a token may do at most.

alter table users
    add column password_hash text check (length(password_hash) between 20 and 500),
    add column email_verified_at timestamptz,
    add column disabled_at timestamptz,
    -- Sealed with a key that the database does not have; nonce and tag included.
    add column totp_secret bytea check (length(totp_secret) between 16 and 200),
    add column totp_confirmed_at timestamptz,
    -- The last 30-second step whose code was taken: a code counts once.
    add column totp_last_step bigint check (totp_last_step >= 0),
    add constraint users_totp check (totp_confirmed_at is null or totp_secret is not null);

-- Who an outside issuer says somebody is. The e-mail address of an issuer proves nothing.
create table user_identities (
    issuer text not null check (length(issuer) between 1 and 500),
    subject text not null check (length(subject) between 1 and 255),
    user_id uuid not null references users on delete cascade,
    created_at timestamptz not null default now(),
    primary key (issuer, subject)
);
create index user_identities_user on user_identities (user_id, created_at);
grant select, insert, delete on user_identities to berth_platform;

create table recovery_codes (
    user_id uuid not null references users on delete cascade,
    code_hash bytea not null check (length(code_hash) = 32),
    used_at timestamptz,
    created_at timestamptz not null default now(),
    primary key (user_id, code_hash)
);
create index recovery_codes_created_at on recovery_codes (user_id, created_at);
grant select, insert, update, delete on recovery_codes to berth_platform;

create table sessions (
    id uuid primary key,
    user_id uuid not null references users on delete cascade,
    -- Signed in with an API token: the session may what the token may, for as long as the token lives.
    token_id uuid references api_tokens on delete cascade,
    token_hash bytea not null unique check (length(token_hash) = 32),
    address inet not null,
    user_agent text not null check (length(user_agent) <= 300),
    last_used_at timestamptz not null default now(),
    expires_at timestamptz not null,
    revoked_at timestamptz,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    check (expires_at > created_at)
);
create trigger touch before update on sessions for each row execute function touch_updated_at();
create index sessions_user on sessions (user_id, created_at desc, id desc);
create index sessions_token on sessions (token_id);
create index sessions_expires_at on sessions (expires_at);
grant select, insert, update, delete on sessions to berth_platform;

-- Links that work once and prove an e-mail address or a terminal: the first admin, a forgotten password, a new address.
create table one_time_links (
    id uuid primary key,
    purpose text not null check (purpose in ('first_admin', 'password_reset', 'email_verification', 'sign_up')),
    user_id uuid references users on delete cascade,
    email text check (email = lower(email) and length(email) <= 254),
    token_hash bytea not null unique check (length(token_hash) = 32),
    expires_at timestamptz not null,
    used_at timestamptz,
    created_at timestamptz not null default now(),
    check (purpose not in ('password_reset', 'email_verification') or user_id is not null)
);
create index one_time_links_user on one_time_links (user_id, created_at);
create index one_time_links_expires_at on one_time_links (expires_at);
grant select, insert, update, delete on one_time_links to berth_platform;

create table invitations (
    id uuid primary key,
    organization_id uuid not null references organizations on delete cascade,
    email text not null check (email = lower(email) and email like '%_@_%' and length(email) <= 254),
    role text not null check (role in ('owner', 'admin', 'developer', 'viewer')),
    token_hash bytea not null unique check (length(token_hash) = 32),
    invited_by uuid references users on delete set null,
    expires_at timestamptz not null,
    accepted_at timestamptz,
    revoked_at timestamptz,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
);
create trigger touch before update on invitations for each row execute function touch_updated_at();
create index invitations_list on invitations (organization_id, created_at desc, id desc);
create index invitations_invited_by on invitations (invited_by);
create unique index invitations_one_open on invitations (organization_id, email)
    where accepted_at is null and revoked_at is null;
call guard_by_organization('invitations', 'organization_id');

-- A grant raises what a member may do with one service above what the role in the organisation says.
create table service_grants (
    organization_id uuid not null,
    service_id uuid not null,
    user_id uuid not null,
    role text not null check (role in ('admin', 'developer')),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (organization_id, service_id, user_id),
    foreign key (organization_id, service_id) references container_services (organization_id, id) on delete cascade,
    foreign key (organization_id, user_id) references memberships (organization_id, user_id) on delete cascade
);
create trigger touch before update on service_grants for each row execute function touch_updated_at();
create index service_grants_member on service_grants (organization_id, user_id);
create index service_grants_created_at on service_grants (organization_id, service_id, created_at);
call guard_by_organization('service_grants', 'organization_id');

-- A token never does more than its scope, and never more than its holder may at that moment.
alter table api_tokens
    add column scope text not null default 'admin' check (scope in ('read', 'deploy', 'admin')),
    add column service_id uuid,
    add constraint api_tokens_service foreign key (organization_id, service_id)
        references container_services (organization_id, id) on delete cascade;
alter table api_tokens alter column scope drop default;
create index api_tokens_service on api_tokens (organization_id, service_id);
create index api_tokens_list on api_tokens (organization_id, created_at desc, id desc);
