-- Settings, approval rules, posting rules and calendar days are asked by every order and change some times a year: programs keep them in memory behind this mark, which every write to one of those tables changes.
create table ar.kept_marks (tenant_id int primary key references ar.tenants, mark uuid not null) with (fillfactor = 10);
select ar.protect('kept_marks', 'insert, update');
insert into ar.kept_marks (tenant_id, mark) select t.tenant_id, gen_random_uuid() from ar.tenants t;
