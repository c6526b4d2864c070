-- Pairs of customers that somebody has looked at and found to be two. a_id < b_id.
create table ar.customer_distinct_pairs (
  tenant_id int not null, a_id uuid not null, b_id uuid not null, decided_by uuid not null, decided_at timestamptz not null default now(),
  primary key (tenant_id, a_id, b_id), check (a_id < b_id),
  foreign key (tenant_id, a_id) references ar.customers (tenant_id, id), foreign key (tenant_id, b_id) references ar.customers (tenant_id, id));
select ar.protect('customer_distinct_pairs', 'insert, delete');
create index customer_merges_of on ar.customer_merges (tenant_id, into_id) where undone_at is null;
create index credit_limits_running on ar.credit_limits (tenant_id, effective_from) where status = 'active';
create index customers_to_review on ar.customers (tenant_id, verified_on, id) where status = 'active';

-- Which of these codes are taken, also by customers that the caller may not see: the unique key would tell as much, only later.
create function ar.customer_codes_in_use(codes text[]) returns setof text language sql stable security definer set search_path = pg_catalog as $$
  select c.code from ar.customers c where c.tenant_id = current_setting('app.tenant')::int and c.code = any(codes) $$;
revoke all on function ar.customer_codes_in_use from public;
grant execute on function ar.customer_codes_in_use to app_rw, app_scoped;

-- Limits that run on a day, also of groups above the customer that the caller may not see: a credit check must know them, nobody is shown more than the check says.
create function ar.running_limits(customers uuid[], on_day date) returns table (customer_id uuid, kind text, limit_base bigint, effective_from date, effective_until date, created_at timestamptz, id uuid)
  language sql stable security definer set search_path = pg_catalog as $$
  select l.customer_id, l.kind, l.limit_base, l.effective_from, l.effective_until, l.created_at, l.id from ar.credit_limits l
  where l.tenant_id = current_setting('app.tenant')::int and l.customer_id = any(customers) and l.status = 'active' and l.effective_from <= on_day and (l.effective_until is null or l.effective_until >= on_day) $$;
revoke all on function ar.running_limits from public;
grant execute on function ar.running_limits to app_rw, app_scoped;
