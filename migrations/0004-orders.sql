-- Products and orders.
create table ar.products (
  tenant_id int not null references ar.tenants, id uuid not null, code text not null check (code <> ''), name text not null check (name <> ''), unit text not null default '',
  price numeric(20,6), currency text not null default 'CNY', price_includes_tax boolean not null default true, vat_rate numeric(7,6) not null default 0.13 check (vat_rate >= 0 and vat_rate < 1), category text,
  status text not null default 'active' check (status in ('active', 'disabled')), version int not null default 1,
  primary key (tenant_id, id), unique (tenant_id, code));
create index products_by_name on ar.products (tenant_id, name, id);
select ar.protect('products', 'insert, update');

create table ar.orders (
  tenant_id int not null references ar.tenants, id uuid not null, entity_id uuid not null, customer_id uuid not null, salesperson_id uuid, region_id uuid,
  currency text not null check (length(currency) = 3), rate numeric(18,9) not null default 1 check (rate > 0),
  net bigint not null, tax bigint not null, amount bigint not null check (amount >= 0), amount_base bigint not null check (amount_base >= 0),
  open_base bigint not null default 0 check (open_base >= 0), -- part of amount_base that stands in credit_accounts.orders_base
  status text not null check (status in ('draft', 'submitted', 'approved', 'rejected', 'partlyDelivered', 'delivered', 'completed', 'cancelled')),
  credit_result text check (credit_result in ('pass', 'warn', 'hold')), credit_detail jsonb,
  ordered_on date not null, delivery_on date, delivered_on date, terms_id uuid, terms jsonb not null, payment_method_id uuid,
  customer_reference text, remark text not null default '', prices_include_tax boolean not null default true, discount jsonb,
  created_by uuid not null, submitted_by uuid, submitted_at timestamptz, approved_by uuid, approved_at timestamptz, approved_how text check (approved_how in ('person', 'rule', 'alone')),
  override_id uuid, content_hash bytea, approved_hash bytea, completed_at timestamptz, feedback_score smallint check (feedback_score between 1 and 5), feedback text, status_reason text not null default '',
  source_no text, version int not null default 1, created_at timestamptz not null default now(),
  primary key (tenant_id, id), check (net + tax = amount),
  check (status not in ('approved', 'partlyDelivered', 'delivered', 'completed') or approved_how in ('rule', 'alone') or (approved_how = 'person' and approved_by is not null and approved_by <> created_by)),
  foreign key (tenant_id, entity_id) references ar.entities (tenant_id, id),
  foreign key (tenant_id, customer_id) references ar.customers (tenant_id, id)) with (fillfactor = 80);
create index orders_by_customer on ar.orders (tenant_id, customer_id, ordered_on, id);
create index orders_recent on ar.orders (tenant_id, ordered_on, id);
create index orders_late on ar.orders (tenant_id, delivery_on, id) where status in ('approved', 'partlyDelivered');
create unique index orders_source_no on ar.orders (tenant_id, source_no) where source_no is not null;
select ar.protect('orders', 'insert, update');
select ar.scope_by_customer('orders');

create table ar.order_lines (
  tenant_id int not null, order_id uuid not null, line_no smallint not null, product_id uuid not null, description text not null default '', unit text not null default '',
  quantity numeric(20,6) not null, unit_price numeric(20,6) not null, discount jsonb, vat_rate numeric(7,6) not null,
  net bigint not null, tax bigint not null, amount bigint not null, delivered numeric(20,6) not null default 0 check (delivered >= 0),
  primary key (tenant_id, order_id, line_no), check (net + tax = amount), check (delivered <= quantity),
  foreign key (tenant_id, order_id) references ar.orders (tenant_id, id),
  foreign key (tenant_id, product_id) references ar.products (tenant_id, id));
select ar.protect('order_lines', 'insert, update, delete');
select ar.scope_by_parent('order_lines', 'orders', 'order_id');

create table ar.order_events (    -- deliveries (with quantities), status changes, feedback: the order's own history
  tenant_id int not null, id uuid not null, order_id uuid not null, kind text not null, happened_on date not null, detail jsonb not null default '{}',
  created_by uuid, created_at timestamptz not null default now(),
  primary key (tenant_id, id), foreign key (tenant_id, order_id) references ar.orders (tenant_id, id));
create index order_events_by_order on ar.order_events (tenant_id, order_id, id);
select ar.protect('order_events');
select ar.scope_by_parent('order_events', 'orders', 'order_id');

create table ar.credit_overrides ( -- 放行: a second person lets one order pass although the check says hold
  tenant_id int not null, id uuid not null, order_id uuid not null, customer_id uuid not null, over_base bigint not null, reason text not null, request_id uuid,
  requested_by uuid not null, approved_by uuid, approved_how text not null check (approved_how in ('person', 'alone')), content_hash bytea not null, created_at timestamptz not null default now(),
  primary key (tenant_id, id), check (approved_how = 'alone' or (approved_by is not null and approved_by <> requested_by)),
  foreign key (tenant_id, order_id) references ar.orders (tenant_id, id), foreign key (tenant_id, customer_id) references ar.customers (tenant_id, id));
select ar.protect('credit_overrides');
select ar.scope_by_customer('credit_overrides');
