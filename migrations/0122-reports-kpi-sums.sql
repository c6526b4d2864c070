-- What the key figures of past months are made of, kept as running sums: a row holds what was sold, collected, waited and late since the books began, up to its day. A range is the sums at
-- its end less those before its beginning, so a year of 50,000 customers is read from two days instead of from twelve months. `closing` and `not_due` are of the day itself.
-- Beside the ends of months yesterday is kept, for the month that runs: `month_posted` is then the last number of that month's voucher series, and `posted` those of the months before it.
-- What was dated back into the month since is found by its higher number and counted beside the sums.
-- Derived from the entries: what was kept as months is forgotten, and the nightly job keeps the sums.
delete from ar.kpi_month_figures;
delete from ar.kpi_months;
alter table ar.kpi_months add column month_posted bigint;
drop index ar.kpi_month_figures_customers;
create index kpi_month_figures_customers on ar.kpi_month_figures (tenant_id, on_day, customer_id) where not is_total;
