-- Money or credit of a customer that was there at go-live (红字, 预收): counted as unallocated, but no bank account of ours moved on that day.
alter table ar.receipts add column opening boolean not null default false;

-- A document that was taken back does not stop the same document of the old system from coming in again.
drop index ar.receivables_source_no;
create unique index receivables_source_no on ar.receivables (tenant_id, source_no) where source_no is not null and voided_on is null;
drop index ar.orders_source_no;
create unique index orders_source_no on ar.orders (tenant_id, source_no) where source_no is not null and status <> 'cancelled';

-- What an import has made, a row a chunk, so that it can be taken back whole.
create table ar.import_chunks (
  tenant_id int not null references ar.tenants, run_id uuid not null, from_row bigint not null,
  customers uuid[] not null default '{}', products uuid[] not null default '{}', orders uuid[] not null default '{}', receivables uuid[] not null default '{}', receipts uuid[] not null default '{}',
  undone_at timestamptz,
  primary key (tenant_id, run_id, from_row), foreign key (tenant_id, run_id) references ar.runs (tenant_id, id));
select ar.protect('import_chunks');
grant update (undone_at) on ar.import_chunks to app_rw, app_scoped;
create index import_chunks_undone_customers on ar.import_chunks using gin (customers) where undone_at is not null;
alter table ar.runs drop constraint runs_status_check;
alter table ar.runs add constraint runs_status_check check (status in ('waiting', 'running', 'done', 'failed', 'cancelled', 'undoing', 'undone'));
