-- People, teams, keys, approvals, notifications and tasks.
create table ar.teams (
  tenant_id int not null references ar.tenants, id uuid not null, name text not null, version int not null default 1,
  primary key (tenant_id, id), unique (tenant_id, name));
select ar.protect('teams', 'insert, update');

create table ar.people (
  tenant_id int not null references ar.tenants, id uuid not null, user_id text, name text not null check (name <> ''), email text not null,
  role text not null check (role in ('administrator', 'financeManager', 'arAccountant', 'collector', 'salesManager', 'salesperson', 'auditor')),
  data_scope text not null default 'all' check (data_scope in ('own', 'team', 'all')),
  team_id uuid, phone text, language text not null default 'zh-CN',
  status text not null default 'active' check (status in ('invited', 'active', 'disabled')),
  version int not null default 1, created_at timestamptz not null default now(),
  primary key (tenant_id, id), unique (tenant_id, email),
  foreign key (tenant_id, team_id) references ar.teams (tenant_id, id));
create index people_by_user on ar.people (tenant_id, user_id);
select ar.protect('people', 'insert, update');

create table ar.invitations (
  tenant_id int not null references ar.tenants, id uuid not null, person_id uuid not null, token_hash bytea not null, expires_at timestamptz not null,
  accepted_at timestamptz, revoked_at timestamptz, created_by uuid, created_at timestamptz not null default now(),
  primary key (tenant_id, id), unique (tenant_id, token_hash),
  foreign key (tenant_id, person_id) references ar.people (tenant_id, id));
select ar.protect('invitations', 'insert, update');

create table ar.api_keys (
  tenant_id int not null references ar.tenants, id uuid not null, name text not null, prefix text not null, key_hash bytea not null,
  scopes text[] not null, person_id uuid not null, expires_at timestamptz, revoked_at timestamptz, last_used_on date,
  created_by uuid not null, created_at timestamptz not null default now(),
  primary key (tenant_id, id), unique (tenant_id, key_hash),
  foreign key (tenant_id, person_id) references ar.people (tenant_id, id));
select ar.protect('api_keys', 'insert, update');

create table ar.notifications (
  tenant_id int not null references ar.tenants, id uuid not null, person_id uuid not null, kind text not null, params jsonb not null default '{}',
  entity text, entity_id uuid, created_at timestamptz not null default now(), read_at timestamptz,
  primary key (tenant_id, id), foreign key (tenant_id, person_id) references ar.people (tenant_id, id));
create index notifications_unread on ar.notifications (tenant_id, person_id, id) where read_at is null;
select ar.protect('notifications', 'insert, update');

create table ar.tasks (          -- what a person is asked to do: customer care after a receipt, review of a customer's data …
  tenant_id int not null references ar.tenants, id uuid not null, kind text not null, person_id uuid not null, customer_id uuid,
  source_kind text not null, source_id uuid not null, params jsonb not null default '{}', due_on date not null,
  done_at timestamptz, done_by uuid, outcome text, version int not null default 1, created_at timestamptz not null default now(),
  primary key (tenant_id, id), unique (tenant_id, kind, source_id),
  foreign key (tenant_id, person_id) references ar.people (tenant_id, id));
create index tasks_open on ar.tasks (tenant_id, person_id, due_on, id) where done_at is null;
select ar.protect('tasks', 'insert, update');

create table ar.approval_rules (
  tenant_id int not null references ar.tenants, id uuid not null, kind text not null, position int not null, name text not null,
  conditions jsonb not null, steps jsonb not null, status text not null default 'active' check (status in ('active', 'off')), version int not null default 1,
  primary key (tenant_id, id));
select ar.protect('approval_rules', 'insert, update');
create table ar.approval_requests (
  tenant_id int not null references ar.tenants, id uuid not null, kind text not null, entity_id uuid not null, customer_id uuid,
  amount_base bigint not null default 0, content_hash bytea not null, summary jsonb not null default '{}', steps jsonb not null,
  status text not null check (status in ('pending', 'approved', 'rejected', 'withdrawn', 'void')), step int not null default 1,
  requested_by uuid not null, requested_at timestamptz not null default now(), decided_at timestamptz, version int not null default 1,
  primary key (tenant_id, id), foreign key (tenant_id, requested_by) references ar.people (tenant_id, id));
create unique index approval_one_pending on ar.approval_requests (tenant_id, kind, entity_id) where status = 'pending';
create index approval_inbox on ar.approval_requests (tenant_id, status, requested_at, id);
select ar.protect('approval_requests', 'insert, update');
create table ar.approval_decisions (
  tenant_id int not null, id uuid not null, request_id uuid not null, step int not null, decision text not null check (decision in ('approved', 'rejected')),
  decided_by uuid not null, on_behalf_of uuid, reason text not null default '', decided_at timestamptz not null default now(),
  primary key (tenant_id, id), unique (tenant_id, request_id, step),
  foreign key (tenant_id, request_id) references ar.approval_requests (tenant_id, id));
select ar.protect('approval_decisions');
create table ar.approval_delegations (
  tenant_id int not null references ar.tenants, id uuid not null, person_id uuid not null, delegate_id uuid not null, from_on date not null, until_on date not null,
  revoked_at timestamptz, created_at timestamptz not null default now(),
  primary key (tenant_id, id), check (until_on >= from_on), check (delegate_id <> person_id),
  foreign key (tenant_id, person_id) references ar.people (tenant_id, id), foreign key (tenant_id, delegate_id) references ar.people (tenant_id, id));
select ar.protect('approval_delegations', 'insert, update');
