-- A person with a narrower data scope sees the requests about customers of that scope, and those about no customer.
create policy scope on ar.approval_requests as restrictive to app_scoped
  using (customer_id is null or customer_id in (select c.id from ar.customers c where c.tenant_id = current_setting('app.tenant')::int));
select ar.scope_by_parent('approval_decisions', 'approval_requests', 'request_id');
create index approval_requests_mine on ar.approval_requests (tenant_id, requested_by, id);
create index approval_delegations_running on ar.approval_delegations (tenant_id, delegate_id, until_on) where revoked_at is null;

-- What the same customer got in the days before (rules that add up split orders), and the duplicate customer reference.
create index orders_submitted on ar.orders (tenant_id, customer_id, submitted_at) where submitted_at is not null;
create index orders_by_reference on ar.orders (tenant_id, customer_id, customer_reference) where customer_reference is not null;
-- Codes are found by their beginning, names by any part of them.
create index products_by_code_prefix on ar.products (tenant_id, lower(code) text_pattern_ops);

-- When this order becomes receivables: the company's setting as it was at approval, so that a changed setting moves nothing twice.
alter table ar.orders add column receivables_on text check (receivables_on in ('approved', 'delivered'));
-- What approval put into credit_accounts.orders_base; deliveries take their shares of it out of open_base.
alter table ar.orders add column reserved_base bigint not null default 0 check (reserved_base >= open_base);
