-- A queued message is kept as what its HTML is made of: the frame (a template's HTML before its facts, once for all of them, under its hash) and the facts. The HTML is some ten times as
-- long; it is made when somebody looks at the message, and written out when the message is claimed for sending, so that what went out stays as it was.
create table ar.message_frames (
  tenant_id int not null, id uuid not null, html text not null, created_at timestamptz not null default now(),
  primary key (tenant_id, id));
select ar.protect('message_frames');
alter table ar.message_contents alter column html drop not null, add column frame_id uuid, add column facts json,
  add check ((frame_id is null) = (facts is null)), add check (html is not null or frame_id is not null);

-- Two keys less a message: its content is written in its own statement, and its company is that of everything that it is about. Invariant I-37 looks for what stands alone.
alter table ar.message_contents drop constraint message_contents_tenant_id_message_id_fkey;
alter table ar.messages drop constraint messages_tenant_id_fkey;
