-- Reports that go out by mail by themselves. What each person gets is read in that person's name: a schedule gives nobody more than they may see.
create table ar.report_schedules (
  tenant_id int not null references ar.tenants, id uuid not null, report text not null, name text not null check (name <> ''), query jsonb not null,
  -- What time the report is about, as of the day on which it goes out.
  period text not null check (period in ('usual', 'yesterday', 'lastWeek', 'thisMonth', 'lastMonth')),
  cadence text not null check (cadence in ('daily', 'weekly', 'monthly')),
  on_day smallint not null check (on_day between 1 and 31),   -- weekday (1 = Monday) of a weekly one, date of a monthly one
  at_hour smallint not null check (at_hour between 0 and 23), -- on the company's clock
  people uuid[] not null check (cardinality(people) between 1 and 50), attach boolean not null,
  status text not null default 'active' check (status in ('active', 'ended')),
  created_by uuid not null, created_at timestamptz not null, version int not null default 1,
  primary key (tenant_id, id));
select ar.protect('report_schedules', 'insert, update');
