-- Who signs in: users, sessions, second factors. Apart from the business: the application reaches it only as app_auth, and app_auth reaches nothing else.
create schema auth;
do $$ begin create role app_auth nologin; exception when duplicate_object or unique_violation then null; end $$;
grant usage on schema auth to app_auth;

create table auth.users (             -- id = the person's id
  id text primary key, name text not null, email text not null unique check (email = lower(email)), email_verified boolean not null default true, image text,
  tenant_id int not null check (tenant_id > 0), person_id uuid not null,
  two_factor_enabled boolean default false,
  created_at timestamptz not null default now(), updated_at timestamptz not null default now());
create table auth.sessions (
  id text primary key, token text not null unique, user_id text not null references auth.users on delete cascade, expires_at timestamptz not null,
  ip_address text, user_agent text, created_at timestamptz not null default now(), updated_at timestamptz not null default now());
create index sessions_by_user on auth.sessions (user_id);
create table auth.accounts (          -- holds the password's hash (scrypt)
  id text primary key, account_id text not null, provider_id text not null, user_id text not null references auth.users on delete cascade,
  access_token text, refresh_token text, id_token text, access_token_expires_at timestamptz, refresh_token_expires_at timestamptz, scope text, password text,
  created_at timestamptz not null default now(), updated_at timestamptz not null default now(),
  unique (user_id, provider_id));
create table auth.verifications (     -- the step between password and code
  id text primary key, identifier text not null, value text not null, expires_at timestamptz not null,
  created_at timestamptz not null default now(), updated_at timestamptz not null default now());
create index verifications_by_identifier on auth.verifications (identifier);
create table auth.two_factors (       -- secret and backup codes are encrypted by the application
  id text primary key, user_id text not null unique references auth.users on delete cascade, secret text not null, backup_codes text not null,
  verified boolean default true, failed_verification_count int default 0, locked_until timestamptz);
create table auth.used_codes (        -- a code of the authenticator app is good once
  user_id text not null references auth.users on delete cascade, code_hash bytea not null, used_at timestamptz not null default now(), primary key (user_id, code_hash));
create table auth.sign_in_attempts (  -- wrong tries by account and by address, with the growing pause
  key text primary key, failures int not null, last_at timestamptz not null default now(), blocked_until timestamptz);

grant select, insert, update, delete on all tables in schema auth to app_auth;
