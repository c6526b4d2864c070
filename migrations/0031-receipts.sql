-- A receipt that was dropped or reversed does not stop the same bank transaction from being recorded again.
drop index ar.receipts_channel_tx;
drop index ar.receipts_source_no;
create unique index receipts_channel_tx on ar.receipts (tenant_id, channel, channel_tx) where channel_tx is not null and status in ('draft', 'confirmed');
create unique index receipts_source_no on ar.receipts (tenant_id, source_no) where source_no is not null and status in ('draft', 'confirmed');
alter table ar.receipts add check (channel_tx is null or channel is not null);
-- Duplicates are looked for by amount; what is to be identified and what waits for its second person, by status.
create index receipts_by_amount on ar.receipts (tenant_id, amount, received_on) where status in ('draft', 'confirmed');
create index receipts_by_order on ar.receipts (tenant_id, order_id) where order_id is not null;
create index receipts_drafts on ar.receipts (tenant_id, received_on, id) where status = 'draft';
create index receipts_unidentified on ar.receipts (tenant_id, received_on, id) where customer_id is null;
-- A batch is undone whole, and its adjustments go with its allocations.
create index allocations_by_batch on ar.allocations (tenant_id, batch_id);
create index adjustments_by_batch on ar.adjustments (tenant_id, batch_id);
create index adjustments_by_receipt on ar.adjustments (tenant_id, receipt_id) where receipt_id is not null;
