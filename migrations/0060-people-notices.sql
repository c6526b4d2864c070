-- A notification that asks for something says how that ended, so that nobody opens what is done.
alter table ar.notifications add column ended text;
create index notifications_asking on ar.notifications (tenant_id, entity_id) where entity = 'approval' and ended is null;
