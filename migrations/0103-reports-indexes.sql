-- Receipts of a range are added up from the index alone: what a report of money by day, customer or payment method reads of each.
create index receipts_reported on ar.receipts (tenant_id, received_on) include (amount_base, allocated_base, fee_base, customer_id, method_id)
  where status = 'confirmed' and not opening;
-- Which of what is open is an instalment of several: the reasons of overdue items come from the report indexes, and this is the one thing that they do not carry.
create index receivables_instalments on ar.receivables (tenant_id, id) where open <> 0 and part_name is not null;
