-- The search box: beginnings of names and codes, exact amounts. Ranges in collation "C" may be judged before row security (text_ge and text_lt are leakproof,
-- LIKE is not), so these indexes are used whatever the caller's scope.
create index customers_by_key_beginning on ar.customers (tenant_id, exact_key collate "C", id);
create index customers_by_code_beginning on ar.customers (tenant_id, code collate "C", id);
create index receivables_by_amount on ar.receivables (tenant_id, amount, id);
create index orders_by_amount on ar.orders (tenant_id, amount, id);
