-- What key figures of past months are made of, kept: sold, collected, days waited and late, and what was receivable at the end, by customer, salesperson and region, and once more without the
-- customer (is_total) for reports of the whole. Derived from the entries by the statement that reports use, with the same marks as ar.month_ends: right as long as nothing was entered up to its day since.
-- Of the whole company: whoever sees a part of it reads the entries instead.
create table ar.kpi_months (
  tenant_id int not null references ar.tenants, on_day date not null, posted bigint not null, moved bigint not null, kept_at timestamptz not null default now(),
  primary key (tenant_id, on_day));
select ar.protect('kpi_months', 'insert, delete');
create table ar.kpi_month_figures (
  tenant_id int not null, on_day date not null, is_total boolean not null, customer_id uuid, salesperson_id uuid, region_id uuid,
  brought_in bigint not null, sales bigint not null, sales_net bigint not null, collected bigint not null, adjusted bigint not null, closing bigint not null, not_due bigint not null,
  waited numeric not null, late numeric not null,
  foreign key (tenant_id, on_day) references ar.kpi_months (tenant_id, on_day));
create index kpi_month_figures_totals on ar.kpi_month_figures (tenant_id, on_day) where is_total;
create index kpi_month_figures_customers on ar.kpi_month_figures (tenant_id, on_day) where not is_total;
select ar.protect('kpi_month_figures', 'insert, delete');
create policy scope on ar.kpi_month_figures as restrictive to app_scoped using (false);
