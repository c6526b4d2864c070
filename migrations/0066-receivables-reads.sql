-- The ledger without a status, by due day: what is open comes from receivables_due, what is settled from here. A receivable enters it once, when it is settled.
create index receivables_settled_due on ar.receivables (tenant_id, due_on, id) where open = 0;
