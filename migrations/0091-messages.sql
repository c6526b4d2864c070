-- The outbox (发件箱): what is to leave the house, written in the transaction that wants it and sent after its commit. One message a business key.
create table ar.messages (
  tenant_id int not null references ar.tenants, id uuid not null, business_key text not null check (length(business_key) <= 300), kind text not null,
  entity text not null, entity_id uuid not null, customer_id uuid, person_id uuid,
  recipients text[] not null, language text not null check (language in ('zh-CN', 'zh-TW', 'en')), subject text not null, file_ids uuid[] not null default '{}',
  status text not null check (status in ('queued', 'sending', 'sent', 'uncertain', 'failed', 'withheld', 'kept')),
  reason text,                       -- why it is withheld, failed or uncertain: a code
  answer text,                       -- the mail server's last words
  attempts int not null default 0 check (attempts >= 0), refused_recipients int not null default 0,
  header_id text,                    -- Message-ID, the same for every attempt
  next_at timestamptz not null,      -- not before
  -- While it is being sent: by whom, until when the sender must have said that it lives, and since when it may be on the wire (null: not begun, so it cannot have gone out).
  sender_id uuid, lease_until timestamptz, begun_at timestamptz,
  queued_by uuid not null, created_at timestamptz not null, sent_at timestamptz, version int not null default 1,
  primary key (tenant_id, id), unique (tenant_id, business_key),
  check ((status = 'sending') = (sender_id is not null)), check ((status = 'sent') = (sent_at is not null)));
select ar.protect('messages', 'insert, update');
create index messages_due on ar.messages (tenant_id, kind, next_at, id) where status = 'queued';
create index messages_sending on ar.messages (tenant_id, lease_until) where status = 'sending';
create index messages_by_status on ar.messages (tenant_id, status, id);
create index messages_by_customer on ar.messages (tenant_id, customer_id, id);
create index messages_by_entity on ar.messages (tenant_id, entity_id);

create table ar.message_contents (
  tenant_id int not null, message_id uuid not null, html text not null, text text not null,
  primary key (tenant_id, message_id), foreign key (tenant_id, message_id) references ar.messages (tenant_id, id));
select ar.protect('message_contents', 'insert, update');

-- Every attempt and what came of it, by whom: a book.
create table ar.message_attempts (
  tenant_id int not null, id uuid not null, message_id uuid not null, no int not null check (no > 0), begun_at timestamptz not null, ended_at timestamptz not null,
  outcome text not null check (outcome in ('accepted', 'refusedForNow', 'refused', 'notReached', 'uncertain', 'saidToHaveArrived')),
  code int, answer text not null, recipients jsonb not null default '[]', by_person uuid,
  primary key (tenant_id, id), unique (tenant_id, message_id, no), foreign key (tenant_id, message_id) references ar.messages (tenant_id, id));
select ar.protect('message_attempts');

-- A person with a narrower data scope sees the messages to customers of that scope; those to colleagues (reports) are in nobody's scope. What is written is decided where it is queued.
create policy scope on ar.messages as restrictive to app_scoped
  using (customer_id in (select c.id from ar.customers c where c.tenant_id = current_setting('app.tenant')::int)) with check (true);
select ar.scope_by_parent('message_contents', 'messages', 'message_id');
select ar.scope_by_parent('message_attempts', 'messages', 'message_id');
