-- What was open at a month end, kept for reports of far days: the figures of a day are those of the nearest month end and the entries between. Derived from the entries, made again
-- when something was posted to a day up to it afterwards. `posted`: the last numbers of the voucher series of these months, added up; `moved`: entries up to the day that have no
-- voucher. Both only grow, in the commit of the entries themselves: as long as both are what they were, the entries are those that were added up.
create table ar.month_ends (
  tenant_id int not null references ar.tenants, on_day date not null, posted bigint not null, moved bigint not null, kept_at timestamptz not null default now(),
  primary key (tenant_id, on_day));
select ar.protect('month_ends', 'insert, delete');
-- Where the receivable stood on the day. `open_base` is the share of the product's lines; `open`, in the document's own currency, is that of the whole document and stands in a row
-- without a product where the currency is foreign.
create table ar.month_end_items (
  tenant_id int not null, on_day date not null, receivable_id uuid not null, product_id uuid, customer_id uuid not null, salesperson_id uuid, region_id uuid, entity_id uuid not null,
  currency text not null, due_on date not null, issued_on date not null, open bigint not null, open_base bigint not null,
  foreign key (tenant_id, on_day) references ar.month_ends (tenant_id, on_day));
-- One month end is written at once and lies together: the table is read in its order.
create index month_end_items_by_day on ar.month_end_items (tenant_id, on_day);
select ar.protect('month_end_items', 'insert, delete');
select ar.scope_by_customer('month_end_items');
create index entries_without_voucher on ar.receivable_entries (tenant_id, entry_on) where voucher_id is null;
-- A report index of what comes and goes is left with empty room by a bulk load: once tight again.
reindex index ar.receivables_open;
reindex index ar.receivable_lines_open;
