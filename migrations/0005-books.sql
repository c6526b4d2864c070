-- Receivables, receipts, allocations and vouchers: the books. Nothing here is ever deleted; entries, allocations and vouchers are never updated.
create table ar.accounts (
  tenant_id int not null references ar.tenants, code text not null, name jsonb not null, kind text not null check (kind in ('asset', 'liability', 'equity', 'income', 'expense')),
  status text not null default 'active' check (status in ('active', 'disabled')), version int not null default 1,
  primary key (tenant_id, code));
select ar.protect('accounts', 'insert, update');
create table ar.posting_rules (    -- which accounts an event uses; a changed rule is a new version, old vouchers keep theirs
  tenant_id int not null references ar.tenants, kind text not null, version int not null, rule jsonb not null, created_by uuid, created_at timestamptz not null default now(),
  primary key (tenant_id, kind, version));
select ar.protect('posting_rules');

create table ar.vouchers (
  tenant_id int not null references ar.tenants, id uuid not null, voucher_on date not null, period int not null,
  source_kind text not null, source_id uuid not null, reverses_id uuid, summary text not null default '', total_base bigint not null check (total_base >= 0),
  recorded_at timestamptz not null default now(),
  primary key (tenant_id, id),
  check (period = extract(year from voucher_on) * 100 + extract(month from voucher_on)),
  foreign key (tenant_id, period) references ar.periods (tenant_id, period),
  foreign key (tenant_id, reverses_id) references ar.vouchers (tenant_id, id));
create unique index vouchers_one_per_source on ar.vouchers (tenant_id, source_id, source_kind) where reverses_id is null;
create unique index vouchers_reversed_once on ar.vouchers (tenant_id, reverses_id) where reverses_id is not null;
create index vouchers_by_day on ar.vouchers (tenant_id, voucher_on, id);
select ar.protect('vouchers');
create table ar.voucher_lines (
  tenant_id int not null, voucher_id uuid not null, line_no smallint not null, account text not null, customer_id uuid,
  currency text not null, debit bigint not null, credit bigint not null, debit_base bigint not null, credit_base bigint not null,
  primary key (tenant_id, voucher_id, line_no),
  check (debit >= 0 and credit >= 0 and debit_base >= 0 and credit_base >= 0 and (debit_base = 0 or credit_base = 0)),
  foreign key (tenant_id, voucher_id) references ar.vouchers (tenant_id, id));
select ar.protect('voucher_lines');

create table ar.receivables (
  tenant_id int not null references ar.tenants, id uuid not null, kind text not null check (kind in ('order', 'manual', 'opening')), entity_id uuid not null,
  customer_id uuid not null, order_id uuid, part_no smallint, part_name text, salesperson_id uuid, region_id uuid,
  currency text not null check (length(currency) = 3), amount bigint not null check (amount > 0), amount_base bigint not null check (amount_base >= 0),
  open bigint not null, open_base bigint not null,
  issued_on date not null, due_on date not null, contract_due_on date not null, settled_on date,
  reference text, source_no text, disputed boolean not null default false, remark text not null default '', terms jsonb,
  voided_on date, version int not null default 1, created_by uuid, created_at timestamptz not null default now(),
  primary key (tenant_id, id),
  check (open between 0 and amount), check (open_base between 0 and amount_base), check (open <> 0 or open_base = 0), check (due_on >= issued_on),
  check ((open = 0) = (settled_on is not null)),
  foreign key (tenant_id, entity_id) references ar.entities (tenant_id, id),
  foreign key (tenant_id, customer_id) references ar.customers (tenant_id, id),
  foreign key (tenant_id, order_id) references ar.orders (tenant_id, id)) with (fillfactor = 90);
create unique index receivables_one_per_part on ar.receivables (tenant_id, order_id, part_no) where order_id is not null;
create unique index receivables_source_no on ar.receivables (tenant_id, source_no) where source_no is not null;
select ar.protect('receivables', 'insert');
grant update (open, open_base, due_on, settled_on, salesperson_id, region_id, customer_id, disputed, voided_on, version) on ar.receivables to app_rw, app_scoped;
select ar.scope_by_customer('receivables');

create table ar.receivable_lines ( -- at least one a receivable; product_id null where no product is known
  tenant_id int not null, receivable_id uuid not null, line_no smallint not null, product_id uuid,
  net bigint not null, tax bigint not null, amount bigint not null, amount_base bigint not null,
  due_on date not null, open_base bigint not null,
  primary key (tenant_id, receivable_id, line_no), check (net + tax = amount),
  check (abs(open_base) <= abs(amount_base)), check (open_base = 0 or (open_base > 0) = (amount_base > 0)),
  foreign key (tenant_id, receivable_id) references ar.receivables (tenant_id, id),
  foreign key (tenant_id, product_id) references ar.products (tenant_id, id));
select ar.protect('receivable_lines', 'insert');
grant update (open_base, due_on) on ar.receivable_lines to app_rw, app_scoped;
select ar.scope_by_parent('receivable_lines', 'receivables', 'receivable_id');

-- The truth. Self-contained: a change of due day, customer, salesperson or region is a pair of entries (-open at the old value, +open at the new).
create table ar.receivable_entries (
  tenant_id int not null, id uuid not null, receivable_id uuid not null, kind text not null, entry_on date not null,
  amount bigint not null, amount_base bigint not null,
  customer_id uuid not null, issued_on date not null, due_on date not null, salesperson_id uuid, region_id uuid,
  source_kind text not null, source_id uuid not null, voucher_id uuid,
  recorded_at timestamptz not null default now(),
  primary key (tenant_id, id), check (voucher_id is not null or kind in ('rescheduled', 'reassigned')),
  foreign key (tenant_id, receivable_id) references ar.receivables (tenant_id, id),
  foreign key (tenant_id, voucher_id) references ar.vouchers (tenant_id, id));
select ar.protect('receivable_entries');
select ar.scope_by_customer('receivable_entries');

create table ar.payment_methods (  -- user-defined: bank transfer, cash, card, cheque, WeChat Pay …
  tenant_id int not null references ar.tenants, id uuid not null, code text not null, name text not null, status text not null default 'active' check (status in ('active', 'disabled')), version int not null default 1,
  primary key (tenant_id, id), unique (tenant_id, code));
select ar.protect('payment_methods', 'insert, update');
create table ar.bank_accounts (    -- our own accounts
  tenant_id int not null references ar.tenants, id uuid not null, name text not null, bank text not null default '', account_no text not null, currency text not null default 'CNY', account text not null default '1002',
  status text not null default 'active' check (status in ('active', 'disabled')), version int not null default 1,
  primary key (tenant_id, id), unique (tenant_id, account_no));
select ar.protect('bank_accounts', 'insert, update');

create table ar.receipts (
  tenant_id int not null references ar.tenants, id uuid not null, entity_id uuid not null, customer_id uuid, order_id uuid,  -- no customer: unidentified (不明来款)
  currency text not null check (length(currency) = 3), rate numeric(18,9) not null default 1 check (rate > 0),
  amount bigint not null check (amount > 0), amount_base bigint not null check (amount_base >= 0), fee bigint not null default 0 check (fee >= 0 and fee <= amount), fee_base bigint not null default 0,
  allocated bigint not null default 0 check (allocated >= 0), allocated_base bigint not null default 0 check (allocated_base >= 0), refunded bigint not null default 0 check (refunded >= 0),
  received_on date not null, status text not null check (status in ('draft', 'confirmed', 'reversed', 'cancelled')),
  method_id uuid, bank_account_id uuid, payer_name text, payer_account text, reference text, remark text not null default '',
  channel text, channel_tx text, source_no text,
  created_by uuid not null, confirmed_by uuid, confirmed_at timestamptz, confirmed_how text check (confirmed_how in ('person', 'rule', 'alone')), reversed_on date, reversed_by uuid, reverse_reason text,
  version int not null default 1, created_at timestamptz not null default now(),
  primary key (tenant_id, id),
  check (allocated + refunded <= amount), check (allocated = 0 or status = 'confirmed'), check (allocated_base <= amount_base), check ((status = 'reversed') = (reversed_on is not null)),
  check (status not in ('confirmed', 'reversed') or confirmed_how in ('rule', 'alone') or (confirmed_how = 'person' and confirmed_by is not null and confirmed_by <> created_by)),
  foreign key (tenant_id, entity_id) references ar.entities (tenant_id, id),
  foreign key (tenant_id, customer_id) references ar.customers (tenant_id, id),
  foreign key (tenant_id, order_id) references ar.orders (tenant_id, id),
  foreign key (tenant_id, method_id) references ar.payment_methods (tenant_id, id),
  foreign key (tenant_id, bank_account_id) references ar.bank_accounts (tenant_id, id)) with (fillfactor = 80);
create unique index receipts_channel_tx on ar.receipts (tenant_id, channel, channel_tx) where channel_tx is not null;
create unique index receipts_source_no on ar.receipts (tenant_id, source_no) where source_no is not null;
create index receipts_by_customer on ar.receipts (tenant_id, customer_id, received_on, id);
create index receipts_by_day on ar.receipts (tenant_id, received_on, id);
create index receipts_unallocated on ar.receipts (tenant_id, customer_id, received_on, id) where status = 'confirmed' and allocated < amount;
select ar.protect('receipts', 'insert, update');
select ar.scope_by_customer('receipts');

create table ar.allocations (
  tenant_id int not null, id uuid not null, batch_id uuid not null, receipt_id uuid not null, receivable_id uuid not null,
  amount bigint not null, amount_base bigint not null, receipt_base bigint not null,   -- base value on the receivable's side and on the receipt's side
  entry_on date not null, how text not null check (how in ('reference', 'statutory', 'oldest', 'proRata', 'hand', 'import')), reverses_id uuid, explanation jsonb, created_by uuid,
  recorded_at timestamptz not null default now(),
  primary key (tenant_id, id), check (amount <> 0 and (amount > 0) = (reverses_id is null)),
  foreign key (tenant_id, receipt_id) references ar.receipts (tenant_id, id),
  foreign key (tenant_id, receivable_id) references ar.receivables (tenant_id, id),
  foreign key (tenant_id, reverses_id) references ar.allocations (tenant_id, id));
create unique index allocations_reversed_once on ar.allocations (tenant_id, reverses_id) where reverses_id is not null;
create index allocations_by_receipt on ar.allocations (tenant_id, receipt_id);
create index allocations_by_receivable on ar.allocations (tenant_id, receivable_id);
create index allocations_by_day on ar.allocations (tenant_id, entry_on) include (receipt_id, amount, receipt_base);
select ar.protect('allocations');
select ar.scope_by_parent('allocations', 'receivables', 'receivable_id');

create table ar.adjustments (      -- what settles a receivable without money: early-payment discount, short payment within tolerance
  tenant_id int not null, id uuid not null, batch_id uuid not null, receivable_id uuid not null, receipt_id uuid, kind text not null check (kind in ('discount', 'shortPayment')),
  amount bigint not null, amount_base bigint not null, entry_on date not null, reason_code text not null, reverses_id uuid, created_by uuid, recorded_at timestamptz not null default now(),
  primary key (tenant_id, id), check (amount <> 0 and (amount > 0) = (reverses_id is null)),
  foreign key (tenant_id, receivable_id) references ar.receivables (tenant_id, id),
  foreign key (tenant_id, receipt_id) references ar.receipts (tenant_id, id),
  foreign key (tenant_id, reverses_id) references ar.adjustments (tenant_id, id));
create unique index adjustments_reversed_once on ar.adjustments (tenant_id, reverses_id) where reverses_id is not null;
create index adjustments_by_receivable on ar.adjustments (tenant_id, receivable_id);
select ar.protect('adjustments');
select ar.scope_by_parent('adjustments', 'receivables', 'receivable_id');

-- Report indexes. One covering partial index serves customer, salesperson, region and any two of them.
create index receivables_open on ar.receivables (tenant_id, customer_id, due_on) include (open_base, salesperson_id, region_id, id) where open <> 0;
create index receivables_due on ar.receivables (tenant_id, due_on, id) where open <> 0;
create index receivables_worklist on ar.receivables (tenant_id, salesperson_id, due_on, id) where open <> 0;
create index receivables_by_customer on ar.receivables (tenant_id, customer_id, issued_on, id);
create index receivables_by_order on ar.receivables (tenant_id, order_id) where order_id is not null;
create index receivables_settled on ar.receivables (tenant_id, customer_id, settled_on) include (due_on, amount_base) where settled_on is not null;
create index receivable_lines_open on ar.receivable_lines (tenant_id, product_id, due_on) include (open_base) where open_base <> 0;
create index entries_by_receivable on ar.receivable_entries (tenant_id, receivable_id);
create index entries_by_day on ar.receivable_entries (tenant_id, entry_on) include (amount_base, due_on, customer_id, salesperson_id, region_id);

alter table ar.receivables        set (autovacuum_vacuum_scale_factor = 0.01, autovacuum_analyze_scale_factor = 0.02);
alter table ar.receivable_lines   set (autovacuum_vacuum_scale_factor = 0.01, autovacuum_analyze_scale_factor = 0.02);
alter table ar.receivable_entries set (autovacuum_vacuum_insert_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02);

create table ar.import_mappings (
  tenant_id int not null references ar.tenants, id uuid not null, kind text not null, name text not null, header_key text not null, mapping jsonb not null, version int not null default 1,
  primary key (tenant_id, id), unique (tenant_id, kind, name));
select ar.protect('import_mappings', 'insert, update, delete');
