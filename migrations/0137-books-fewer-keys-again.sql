-- As in 0080: a foreign-key check costs 20 µs a row, and locks the row it points to; where that is one row for the whole company, two postings at once make a multixact of it each time.
-- Row security lets nobody write for another company, and a company's row goes with everything that it has (a demo) or never:
alter table ar.audit_log drop constraint audit_log_tenant_id_fkey;
-- entities are never deleted, and who opens a receivable takes its order's or the company's own (invariant I-16-orphans looks for others);
alter table ar.receivables drop constraint receivables_tenant_id_entity_id_fkey;
-- lines and events are written by the statement that writes or locks what they belong to (I-16-orphans looks for others);
alter table ar.receivable_lines drop constraint receivable_lines_tenant_id_receivable_id_fkey;
alter table ar.order_events drop constraint order_events_tenant_id_order_id_fkey;
-- places are given to entries that have just been read (I-43 finds a place without its entry as a gap).
alter table ar.audit_seals drop constraint audit_seals_tenant_id_id_fkey;
