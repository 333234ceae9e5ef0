drop table service_grants, invitations, one_time_links, sessions, recovery_codes, user_identities;
alter table api_tokens drop column service_id, drop column scope;
drop index api_tokens_list;
alter table users
    drop column totp_last_step, drop column totp_confirmed_at, drop column totp_secret,
    drop column disabled_at, drop column email_verified_at, drop column password_hash;
