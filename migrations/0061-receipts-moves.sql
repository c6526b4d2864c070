-- Receipts that went along with a merge of customers, and back: whose money it was on an earlier day stays known.
create table ar.receipt_moves (
  tenant_id int not null, id uuid not null, receipt_id uuid not null, from_id uuid not null, into_id uuid not null, moved_on date not null,
  primary key (tenant_id, id), foreign key (tenant_id, receipt_id) references ar.receipts (tenant_id, id),
  foreign key (tenant_id, from_id) references ar.customers (tenant_id, id), foreign key (tenant_id, into_id) references ar.customers (tenant_id, id));
create index receipt_moves_after on ar.receipt_moves (tenant_id, moved_on, receipt_id);
select ar.protect('receipt_moves');
select ar.scope_by_parent('receipt_moves', 'receipts', 'receipt_id');
