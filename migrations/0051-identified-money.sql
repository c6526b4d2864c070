-- Money that was identified after the day of a report had no customer on that day. There are few such vouchers among all, and this finds them.
create index vouchers_identifications on ar.vouchers (tenant_id, voucher_on) include (source_id) where source_kind = 'receiptIdentification' and reverses_id is null;
