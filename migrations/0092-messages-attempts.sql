-- How many messages a company sent in the last minute (its own limit).
create index message_attempts_recent on ar.message_attempts (tenant_id, begun_at);
-- Attempts since the message was queued or released: the waits between them grow with this, not with all that ever was.
alter table ar.messages add column tries int not null default 0 check (tries >= 0);
