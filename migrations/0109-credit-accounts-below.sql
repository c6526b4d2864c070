-- The accounts right below one, of groups only: what a customer owes by itself is its counter less theirs.
create index credit_accounts_below on ar.credit_accounts (tenant_id, (ancestors[cardinality(ancestors) - 1])) where cardinality(ancestors) > 1;
