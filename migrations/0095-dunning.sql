-- Dunning (催收). A ladder's published versions are insert-only; what is edited is its draft. A case per customer, a step per (case, level, action): the key is the idempotency.
create table ar.dunning_ladders (
  tenant_id int not null references ar.tenants, id uuid not null, name text not null check (name <> ''), is_standard boolean not null default false,
  classes text[] not null default '{}',                -- customer classes it is used for; single customers stand in dunning_ladder_customers
  draft jsonb, draft_status text check (draft_status in ('editing', 'waiting')), draft_valid_from date, draft_by uuid, draft_at timestamptz, request_id uuid,
  status text not null default 'active' check (status in ('active', 'disabled')), version int not null default 1, created_by uuid, created_at timestamptz not null default now(),
  primary key (tenant_id, id), unique (tenant_id, name),
  check ((draft is null) = (draft_status is null)), check (draft_status is distinct from 'waiting' or draft_valid_from is not null), check (not is_standard or status = 'active'));
create unique index dunning_one_standard_ladder on ar.dunning_ladders (tenant_id) where is_standard;
select ar.protect('dunning_ladders', 'insert, update');
create table ar.dunning_ladder_versions (
  tenant_id int not null, id uuid not null, ladder_id uuid not null, no int not null check (no > 0), content jsonb not null, valid_from date not null,
  drafted_by uuid, published_by uuid, published_how text not null check (published_how in ('founded', 'person', 'alone')), request_id uuid, published_at timestamptz not null default now(),
  primary key (tenant_id, id), unique (tenant_id, ladder_id, no),
  check (published_how <> 'person' or (published_by is not null and published_by <> drafted_by)),
  foreign key (tenant_id, ladder_id) references ar.dunning_ladders (tenant_id, id));
select ar.protect('dunning_ladder_versions');
create table ar.dunning_ladder_customers (
  tenant_id int not null, customer_id uuid not null, ladder_id uuid not null, assigned_by uuid, assigned_at timestamptz not null default now(),
  primary key (tenant_id, customer_id),
  foreign key (tenant_id, customer_id) references ar.customers (tenant_id, id), foreign key (tenant_id, ladder_id) references ar.dunning_ladders (tenant_id, id));
create index dunning_ladder_customers_of on ar.dunning_ladder_customers (tenant_id, ladder_id);
select ar.protect('dunning_ladder_customers', 'insert, delete');
select ar.scope_by_customer('dunning_ladder_customers');

create table ar.dunning_cases (
  tenant_id int not null, id uuid not null, customer_id uuid not null, ladder_id uuid not null, opened_on date not null,
  level smallint not null default 0 check (level >= 0), last_step_on date, collector_id uuid, high_risk boolean not null default false,
  closed_on date, closed_how text check (closed_how in ('settled', 'merged')), version int not null default 1, created_at timestamptz not null default now(),
  primary key (tenant_id, id), check ((closed_on is null) = (closed_how is null)), check (closed_on >= opened_on), check (level = 0 or last_step_on is not null),
  foreign key (tenant_id, customer_id) references ar.customers (tenant_id, id), foreign key (tenant_id, ladder_id) references ar.dunning_ladders (tenant_id, id)) with (fillfactor = 80);
create unique index dunning_one_open_case on ar.dunning_cases (tenant_id, customer_id) where closed_on is null;
create index dunning_cases_of_customer on ar.dunning_cases (tenant_id, customer_id, id);
create index dunning_cases_recent on ar.dunning_cases (tenant_id, id desc) where closed_on is null;
select ar.protect('dunning_cases', 'insert, update');
select ar.scope_by_customer('dunning_cases');

create table ar.dunning_steps (
  tenant_id int not null, id uuid not null, case_id uuid not null, customer_id uuid not null, level smallint not null check (level > 0),
  action text not null check (action in ('email', 'remindSalesperson', 'escalate', 'flagHighRisk')), ladder_version_id uuid not null, run_id uuid not null, on_day date not null,
  template text, recipients text[] not null default '{}', message_id uuid, person_id uuid, task_id uuid, held_credit boolean not null default false,
  net_base bigint not null, oldest_due_on date not null, created_at timestamptz not null default now(),
  primary key (tenant_id, id), unique (tenant_id, case_id, level, action), check ((action = 'email') = (message_id is not null)), check (action <> 'email' or cardinality(recipients) > 0),
  foreign key (tenant_id, case_id) references ar.dunning_cases (tenant_id, id), foreign key (tenant_id, customer_id) references ar.customers (tenant_id, id),
  foreign key (tenant_id, ladder_version_id) references ar.dunning_ladder_versions (tenant_id, id));
create index dunning_steps_of_customer on ar.dunning_steps (tenant_id, customer_id, on_day, id);
create index dunning_steps_by_day on ar.dunning_steps (tenant_id, on_day) include (action, recipients) where action = 'email';
create index dunning_steps_of_run on ar.dunning_steps (tenant_id, run_id, id);
create index dunning_steps_of_message on ar.dunning_steps (tenant_id, message_id) where message_id is not null;
select ar.protect('dunning_steps');
select ar.scope_by_parent('dunning_steps', 'dunning_cases', 'case_id');
-- What a step named, as it was that day: the same items for all actions of a level of a case.
create table ar.dunning_step_items (
  tenant_id int not null, case_id uuid not null, level smallint not null, receivable_id uuid not null, currency text not null, open bigint not null check (open > 0), open_base bigint not null, due_on date not null,
  primary key (tenant_id, case_id, level, receivable_id),
  foreign key (tenant_id, case_id) references ar.dunning_cases (tenant_id, id), foreign key (tenant_id, receivable_id) references ar.receivables (tenant_id, id));
create index dunning_step_items_of on ar.dunning_step_items (tenant_id, receivable_id);
select ar.protect('dunning_step_items');
select ar.scope_by_parent('dunning_step_items', 'dunning_cases', 'case_id');
-- What was found under lock inside the transaction that claimed a message for sending: the proof that nothing settled, disputed or paused went out.
create table ar.dunning_mailed_items (
  tenant_id int not null, message_id uuid not null, receivable_id uuid not null, checked_at timestamptz not null, open bigint not null check (open > 0), receivable_version int not null,
  primary key (tenant_id, message_id, receivable_id, checked_at),
  foreign key (tenant_id, receivable_id) references ar.receivables (tenant_id, id));
select ar.protect('dunning_mailed_items');
select ar.scope_by_parent('dunning_mailed_items', 'receivables', 'receivable_id');

-- 暂停催收: of a customer, or of one receivable of it, until a day (that day included) or until lifted.
create table ar.dunning_blocks (
  tenant_id int not null, id uuid not null, customer_id uuid not null, receivable_id uuid, until_on date, reason text not null check (reason <> ''),
  placed_by uuid not null, placed_at timestamptz not null default now(), lifted_by uuid, lifted_at timestamptz, lift_reason text, version int not null default 1,
  primary key (tenant_id, id), check ((lifted_at is null) = (lifted_by is null)),
  foreign key (tenant_id, customer_id) references ar.customers (tenant_id, id), foreign key (tenant_id, receivable_id) references ar.receivables (tenant_id, id));
create index dunning_blocks_running on ar.dunning_blocks (tenant_id, customer_id, receivable_id) where lifted_at is null;
select ar.protect('dunning_blocks', 'insert, update');
select ar.scope_by_customer('dunning_blocks');

-- A company's own texts; without a row the standard text of the program counts.
create table ar.dunning_templates (
  tenant_id int not null references ar.tenants, key text not null check (key in ('friendly', 'overdue', 'formal')), language text not null, subject text not null, body text not null,
  saved_by uuid not null, saved_at timestamptz not null default now(), version int not null default 1,
  primary key (tenant_id, key, language));
select ar.protect('dunning_templates', 'insert, update, delete');
