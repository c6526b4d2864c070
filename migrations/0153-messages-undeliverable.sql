-- Addresses of a customer that do not work, as a person said who read the answer (退信): no message goes to them until somebody says that they work after all. What was said before is in the audit log.
create table ar.undeliverable_addresses (
  tenant_id int not null, customer_id uuid not null, address text not null check (address = lower(address) and address <> ''), message_id uuid not null, note text not null,
  reported_by uuid not null, reported_at timestamptz not null,
  primary key (tenant_id, customer_id, address), foreign key (tenant_id, customer_id) references ar.customers (tenant_id, id), foreign key (tenant_id, message_id) references ar.messages (tenant_id, id));
select ar.protect('undeliverable_addresses', 'insert, delete');
select ar.scope_by_customer('undeliverable_addresses');
