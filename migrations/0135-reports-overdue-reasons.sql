-- Why what is overdue is not paid can be seen only of today: the answer is kept once a month, as of the last day on which it was taken. Of the whole company: whoever sees a part of it has no such line.
create table ar.overdue_reason_months (
  tenant_id int not null references ar.tenants, month_on date not null check (extract(day from month_on) = 1), reason text not null, taken_on date not null,
  count int not null, amount_base bigint not null,
  primary key (tenant_id, month_on, reason));
select ar.protect('overdue_reason_months', 'insert, delete');
create policy scope on ar.overdue_reason_months as restrictive to app_scoped using (false);
