-- Which receivables are opening balances, and which were voided, found without reading the others: sales are told from them by these few.
create index receivables_opening on ar.receivables (tenant_id, id) where kind = 'opening';
create index receivables_voided on ar.receivables (tenant_id, id) include (voided_on) where voided_on is not null;
