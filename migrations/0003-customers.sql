-- Customers, their contacts and notes; payment terms and calendars; credit.
create table ar.regions (
  tenant_id int not null references ar.tenants, id uuid not null, name text not null, version int not null default 1,
  primary key (tenant_id, id), unique (tenant_id, name));
select ar.protect('regions', 'insert, update');

create table ar.payment_terms (
  tenant_id int not null references ar.tenants, id uuid not null, code text not null, name text not null, definition jsonb not null,
  status text not null default 'active' check (status in ('active', 'disabled')), version int not null default 1,
  primary key (tenant_id, id), unique (tenant_id, code));
select ar.protect('payment_terms', 'insert, update');
create table ar.calendar_days (   -- holidays and make-up working days (调休), by tenant, editable
  tenant_id int not null references ar.tenants, on_day date not null, working boolean not null, name text not null, version int not null default 1,
  primary key (tenant_id, on_day));
select ar.protect('calendar_days', 'insert, update, delete');

create table ar.customers (
  tenant_id int not null references ar.tenants, id uuid not null, code text not null check (code <> ''), name text not null check (name <> ''), short_name text,
  exact_key text not null, loose_key text not null,
  parent_id uuid, salesperson_id uuid, region_id uuid, terms_id uuid,
  customer_type text, industry text, class text, tags text[] not null default '{}', currency text not null default 'CNY' check (length(currency) = 3), language text not null default 'zh-CN',
  country text, address text, phone text, email text, website text,
  tax_id text, invoice_title text, invoice_address text, invoice_phone text, bank_name text, bank_branch text, bank_account text, bank_account_name text, bank_code text,
  buyer_scale text check (buyer_scale in ('large', 'medium', 'small', 'micro', 'publicBody')), key_account boolean not null default false,
  status text not null default 'active' check (status in ('active', 'disabled', 'merged')), merged_into_id uuid,
  remark text not null default '', verified_on date, source_no text, version int not null default 1,
  created_by uuid, created_at timestamptz not null default now(),
  primary key (tenant_id, id), unique (tenant_id, code), check ((status = 'merged') = (merged_into_id is not null)), check (parent_id <> id),
  foreign key (tenant_id, parent_id) references ar.customers (tenant_id, id),
  foreign key (tenant_id, merged_into_id) references ar.customers (tenant_id, id),
  foreign key (tenant_id, salesperson_id) references ar.people (tenant_id, id),
  foreign key (tenant_id, region_id) references ar.regions (tenant_id, id),
  foreign key (tenant_id, terms_id) references ar.payment_terms (tenant_id, id));
create index customers_by_name on ar.customers (tenant_id, name, id);
create index customers_by_exact_key on ar.customers (tenant_id, exact_key);
create index customers_by_loose_key on ar.customers (tenant_id, loose_key);
create index customers_by_tax_id on ar.customers (tenant_id, tax_id) where tax_id is not null;
create index customers_by_salesperson on ar.customers (tenant_id, salesperson_id, id);
create index customers_by_parent on ar.customers (tenant_id, parent_id) where parent_id is not null;
select ar.protect('customers', 'insert, update');
create policy scope on ar.customers as restrictive to app_scoped
  using (salesperson_id = any (current_setting('app.salespeople')::uuid[]));

create table ar.customer_contacts (
  tenant_id int not null, id uuid not null, customer_id uuid not null, name text not null, job text, phone text, email text, purpose text[] not null default '{}',
  is_primary boolean not null default false, status text not null default 'active' check (status in ('active', 'disabled')), remark text not null default '', version int not null default 1,
  primary key (tenant_id, id), foreign key (tenant_id, customer_id) references ar.customers (tenant_id, id));
create index contacts_by_customer on ar.customer_contacts (tenant_id, customer_id);
select ar.protect('customer_contacts', 'insert, update');
create table ar.customer_events ( -- the timeline: notes, calls, visits, important events; documents add themselves by query
  tenant_id int not null, id uuid not null, customer_id uuid not null, kind text not null, text text not null, happened_on date not null, important boolean not null default false,
  created_by uuid, created_at timestamptz not null default now(),
  primary key (tenant_id, id), foreign key (tenant_id, customer_id) references ar.customers (tenant_id, id));
create index customer_events_by_customer on ar.customer_events (tenant_id, customer_id, id);
select ar.protect('customer_events');
create table ar.customer_merges (
  tenant_id int not null, id uuid not null, from_id uuid not null, into_id uuid not null, moved jsonb not null, reason text not null default '',
  merged_by uuid not null, merged_at timestamptz not null default now(), undone_by uuid, undone_at timestamptz, version int not null default 1,
  primary key (tenant_id, id),
  foreign key (tenant_id, from_id) references ar.customers (tenant_id, id), foreign key (tenant_id, into_id) references ar.customers (tenant_id, id));
select ar.protect('customer_merges', 'insert, update');
create table ar.customer_terms (  -- effective-dated
  tenant_id int not null, id uuid not null, customer_id uuid not null, terms_id uuid not null, effective_from date not null, created_by uuid, created_at timestamptz not null default now(),
  primary key (tenant_id, id), unique (tenant_id, customer_id, effective_from),
  foreign key (tenant_id, customer_id) references ar.customers (tenant_id, id), foreign key (tenant_id, terms_id) references ar.payment_terms (tenant_id, id));
select ar.protect('customer_terms', 'insert, delete');

-- One narrow row a customer, no index on a counter, so that every update is HOT. ancestors: root first, itself last; counters hold the whole subtree.
create table ar.credit_accounts (
  tenant_id int not null, customer_id uuid not null, ancestors uuid[] not null check (cardinality(ancestors) between 1 and 5),
  limit_base bigint check (limit_base >= 0),
  temporary_limit_base bigint check (temporary_limit_base >= 0), temporary_from date, temporary_until date,
  on_hold boolean not null default false,
  orders_base bigint not null default 0 check (orders_base >= 0),            -- approved orders (and open remainder) not yet receivables
  receivables_base bigint not null default 0 check (receivables_base >= 0),  -- open receivables
  version int not null default 1,
  primary key (tenant_id, customer_id), check ((temporary_limit_base is null) = (temporary_until is null)),
  foreign key (tenant_id, customer_id) references ar.customers (tenant_id, id)) with (fillfactor = 50);
select ar.protect('credit_accounts', 'insert, update');
create table ar.credit_limits (   -- the history: who set which limit from when, by which approval
  tenant_id int not null, id uuid not null, customer_id uuid not null, kind text not null check (kind in ('standard', 'temporary')),
  limit_base bigint check (limit_base >= 0), effective_from date not null, effective_until date, reason text not null default '',
  status text not null check (status in ('pending', 'active', 'rejected', 'ended')), request_id uuid, requested_by uuid not null, approved_by uuid, approved_how text check (approved_how in ('person', 'rule', 'alone')),
  created_at timestamptz not null default now(), version int not null default 1,
  primary key (tenant_id, id), check (kind = 'standard' or effective_until is not null),
  check (status <> 'active' or approved_how in ('rule', 'alone') or (approved_by is not null and approved_by <> requested_by)),
  foreign key (tenant_id, customer_id) references ar.customers (tenant_id, id));
create index credit_limits_by_customer on ar.credit_limits (tenant_id, customer_id, effective_from);
select ar.protect('credit_limits', 'insert, update');
create table ar.credit_holds (
  tenant_id int not null, id uuid not null, customer_id uuid not null, reason text not null, placed_by uuid, placed_at timestamptz not null default now(),
  released_by uuid, released_at timestamptz, release_reason text, version int not null default 1,
  primary key (tenant_id, id), foreign key (tenant_id, customer_id) references ar.customers (tenant_id, id));
create unique index credit_one_hold on ar.credit_holds (tenant_id, customer_id) where released_at is null;
select ar.protect('credit_holds', 'insert, update');
do $$ declare t text; begin foreach t in array array['customer_contacts', 'customer_events', 'customer_terms', 'credit_limits', 'credit_holds'] loop perform ar.scope_by_customer(t); end loop; end $$;
