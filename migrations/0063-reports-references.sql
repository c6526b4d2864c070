-- The search box: what the customer calls a document (order number, invoice or contract number, bank reference), from its beginning. Collation "C" as in 0011:
-- its ranges may be judged before row security. What has no reference is in none of them.
create index receivables_by_reference on ar.receivables (tenant_id, reference collate "C", id) where reference is not null;
create index receipts_by_reference on ar.receipts (tenant_id, reference collate "C", id) where reference is not null;
create index orders_by_customer_reference on ar.orders (tenant_id, customer_reference collate "C", id) where customer_reference is not null;
