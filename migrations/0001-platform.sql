-- The house: tenants, numbers, audit, idempotency, settings, long runs, files. PostgreSQL 15 dialect, runs on 15-18.
-- tenant_id comes first in every key. No triggers. Ids are UUIDv7 made by the application. Money is bigint minor units.
create schema ar;
create sequence ar.tenant_ids as int;

do $$ begin create role app_rw nologin; exception when duplicate_object then null; end $$;
do $$ begin create role app_scoped nologin; exception when duplicate_object then null; end $$;
grant usage on schema ar to app_rw, app_scoped;
grant usage on sequence ar.tenant_ids to app_rw;

-- Row-level security for one table: forced, for its tenant only. `rights` are what the application may do beside reading.
create function ar.protect(target text, rights text default 'insert') returns void language plpgsql as $$
begin
  execute format('alter table ar.%I enable row level security', target);
  execute format('alter table ar.%I force row level security', target);
  execute format('create policy tenant on ar.%I using (tenant_id = current_setting(''app.tenant'')::int) with check (tenant_id = current_setting(''app.tenant'')::int)', target);
  execute format('grant select on ar.%I to app_rw, app_scoped', target);
  if rights <> '' then execute format('grant %s on ar.%I to app_rw, app_scoped', rights, target); end if;
end $$;

-- Data scope (own or team): a person whose scope is not 'all' works as app_scoped and sees only the customers of the salespeople
-- named in app.salespeople. This is the one place where scope is applied: every list, report and export passes through it.
create function ar.scope_by_customer(target text, customer_column text default 'customer_id') returns void language plpgsql as $$
begin
  execute format('create policy scope on ar.%I as restrictive to app_scoped using (%I in (select c.id from ar.customers c where c.tenant_id = current_setting(''app.tenant'')::int))', target, customer_column);
end $$;
-- Parts are written beside their parent in one statement, which cannot see it yet: what may be written is decided at the parent.
create function ar.scope_by_parent(target text, parent text, parent_column text) returns void language plpgsql as $$
begin
  execute format('create policy scope on ar.%I as restrictive to app_scoped using (exists (select 1 from ar.%I p where p.tenant_id = ar.%I.tenant_id and p.id = ar.%I.%I)) with check (true)', target, parent, target, target, parent_column);
end $$;

create table ar.tenants (
  tenant_id int primary key check (tenant_id > 0),
  name text not null check (name <> ''),
  base_currency text not null check (length(base_currency) = 3),
  time_zone text not null,
  language text not null check (language in ('zh-CN', 'zh-TW', 'en')),
  four_eyes boolean not null default true,           -- off only for a one-person company, on the record
  sending_enabled boolean not null default false,    -- test mode until an administrator switches sending on; off after a restore
  modules_off text[] not null default '{}',
  is_demo boolean not null default false,
  version int not null default 1,
  created_at timestamptz not null default now());
select ar.protect('tenants', 'insert, update');

-- One row a module: what its settings page holds. Absent means the defaults in code.
create table ar.settings (
  tenant_id int not null references ar.tenants, key text not null, value jsonb not null, version int not null default 1,
  primary key (tenant_id, key));
select ar.protect('settings', 'insert, update');

create table ar.entities (       -- legal entities (法人主体) of the company
  tenant_id int not null references ar.tenants, id uuid not null, code text not null, name text not null, tax_id text, status text not null default 'active',
  version int not null default 1,
  primary key (tenant_id, id), unique (tenant_id, code));
select ar.protect('entities', 'insert, update');

create table ar.periods (        -- one row a month; postings take it FOR SHARE, closing takes it FOR UPDATE
  tenant_id int not null references ar.tenants, period int not null check (period % 100 between 1 and 12),
  status text not null default 'open' check (status in ('open', 'closed')), version int not null default 1,
  closed_by uuid, closed_at timestamptz,
  primary key (tenant_id, period));
select ar.protect('periods', 'insert, update');

-- Gapless numbers: the very last lock, in one flight with COMMIT. A number is a row of its own, so that documents stay insert-only.
create table ar.number_series (
  tenant_id int not null references ar.tenants, series text not null, last bigint not null default 0 check (last >= 0),
  primary key (tenant_id, series)) with (fillfactor = 10);
select ar.protect('number_series', 'insert, update');
create table ar.document_numbers (
  tenant_id int not null, series text not null, no bigint not null check (no > 0), document_id uuid not null,
  primary key (tenant_id, series, no), unique (tenant_id, document_id),
  foreign key (tenant_id, series) references ar.number_series (tenant_id, series));
select ar.protect('document_numbers');

-- '0007', '12345': at least four figures, never fewer than the number has.
create function ar.no_text(no bigint) returns text language sql immutable parallel safe as $$ select case when no < 10000 then lpad(no::text, 4, '0') else no::text end $$;

create table ar.audit_log (
  tenant_id int not null references ar.tenants, id uuid not null, at timestamptz not null,
  actor_id uuid, actor_kind text not null check (actor_kind in ('person', 'apiKey', 'system')),
  ip text, request_id text,
  action text not null, entity text not null, entity_id uuid, body jsonb not null, leaf bytea not null check (length(leaf) = 32),
  primary key (tenant_id, id));
create index audit_by_entity on ar.audit_log (tenant_id, entity_id, id);
create index audit_by_actor on ar.audit_log (tenant_id, actor_id, id);
select ar.protect('audit_log');
create table ar.audit_unsealed (tenant_id int not null, id uuid not null, primary key (tenant_id, id)) with (autovacuum_vacuum_scale_factor = 0.01);
select ar.protect('audit_unsealed', 'insert, delete');
create table ar.audit_seals (
  tenant_id int not null, seq bigint not null, id uuid not null, leaf bytea not null,
  primary key (tenant_id, seq), unique (tenant_id, id),
  foreign key (tenant_id, id) references ar.audit_log (tenant_id, id));
select ar.protect('audit_seals');
create table ar.audit_roots (
  tenant_id int not null, size bigint not null check (size > 0), root bytea not null, frontier bytea[] not null,
  sealed_at timestamptz not null default now(), primary key (tenant_id, size));
select ar.protect('audit_roots');

create table ar.idempotency_keys (
  tenant_id int not null, actor_id uuid not null, key text not null, route text not null, request_hash bytea not null,
  status smallint not null, body jsonb not null, created_at timestamptz not null default now(),
  primary key (tenant_id, actor_id, key));
create index idempotency_keys_age on ar.idempotency_keys (tenant_id, created_at);
select ar.protect('idempotency_keys', 'insert, delete');

-- Long work (import, export, bulk allocation): progress, what it did, what it refused. One run a business key.
create table ar.runs (
  tenant_id int not null references ar.tenants, id uuid not null, kind text not null, business_key text not null,
  status text not null check (status in ('waiting', 'running', 'done', 'failed', 'cancelled')),
  done bigint not null default 0, total bigint, refused bigint not null default 0,
  params jsonb not null, result jsonb, created_by uuid not null, created_at timestamptz not null default now(),
  heartbeat_at timestamptz, finished_at timestamptz,
  primary key (tenant_id, id), unique (tenant_id, kind, business_key));
create index runs_recent on ar.runs (tenant_id, created_by, id);
select ar.protect('runs', 'insert, update');

create table ar.files (           -- uploads, attachments and produced files, in pieces of at most 1 MB
  tenant_id int not null references ar.tenants, id uuid not null, purpose text not null check (purpose in ('upload', 'attachment', 'result')),
  entity text, entity_id uuid, name text not null, content_type text not null, size bigint not null check (size >= 0), sha256 bytea not null,
  created_by uuid not null, created_at timestamptz not null default now(),
  primary key (tenant_id, id));
create index files_by_entity on ar.files (tenant_id, entity_id, id) where entity_id is not null;
select ar.protect('files', 'insert, delete');
create table ar.file_pieces (
  tenant_id int not null, file_id uuid not null, piece int not null, content bytea not null,
  primary key (tenant_id, file_id, piece),
  foreign key (tenant_id, file_id) references ar.files (tenant_id, id) on delete cascade);
select ar.protect('file_pieces', 'insert, delete');

create table ar.saved_views (
  tenant_id int not null references ar.tenants, id uuid not null, person_id uuid not null, page text not null, name text not null, query jsonb not null,
  primary key (tenant_id, id), unique (tenant_id, person_id, page, name));
select ar.protect('saved_views', 'insert, update, delete');

-- Secrets of connections, encrypted by the application (AES-256-GCM, key file outside the database).
create table ar.secrets (
  tenant_id int not null references ar.tenants, id uuid not null, name text not null, sealed text not null, last4 text not null default '',
  version int not null default 1, primary key (tenant_id, id), unique (tenant_id, name));
select ar.protect('secrets', 'insert, update, delete');

create table ar.security_events (  -- refused sign-ins, forbidden calls: no business trace, but a trace
  tenant_id int not null references ar.tenants, id uuid not null, at timestamptz not null default now(), kind text not null, actor_id uuid, ip text, request_id text, detail jsonb not null default '{}',
  primary key (tenant_id, id));
select ar.protect('security_events');

-- Jobs live in graphile_worker, which the application may not touch; this is the one door, and it opens inside the caller's transaction.
create function ar.add_job(task text, payload json, job_key text) returns void language plpgsql security definer set search_path = pg_catalog as $$
begin
  perform graphile_worker.add_job(task, payload, job_key := job_key, max_attempts := 12);
end $$;
revoke all on function ar.add_job from public;
grant execute on function ar.add_job to app_rw, app_scoped;

-- The only question across tenants: which are there (for clocks and the sealing writer). Ids only.
create function ar.tenant_list() returns setof int language sql stable security definer set search_path = pg_catalog as $$ select t.tenant_id from ar.tenants t order by 1 $$;
revoke all on function ar.tenant_list from public;
grant execute on function ar.tenant_list to app_rw;
