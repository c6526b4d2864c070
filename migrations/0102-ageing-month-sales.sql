-- What was sold on credit in the month of a kept month end (receivables opened less voided, opening balances apart), base currency with VAT: as right as the month end itself, because the
-- same mark tells of everything posted up to its last day. Days of sales of past months are then figured without reading a year of entries.
alter table ar.month_ends add column sold_base bigint;
update ar.month_ends m set sold_base = coalesce((select sum(e.amount_base) from ar.receivable_entries e join ar.receivables r on r.tenant_id = e.tenant_id and r.id = e.receivable_id
  where e.tenant_id = m.tenant_id and e.entry_on >= date_trunc('month', m.on_day::timestamp)::date and e.entry_on <= m.on_day and e.kind in ('opened', 'voided') and r.kind <> 'opening'), 0);
alter table ar.month_ends alter column sold_base set not null;
