-- What was open at a kept month end by due day: a figure of any ageing class at any month end is read from some hundred rows instead of from every item. Written with the month end's
-- items, in the same statement, and forgotten with them. Of the whole company: whoever sees a part of it adds up the entries instead.
create table ar.month_end_sums (
  tenant_id int not null, on_day date not null, due_on date not null, open_base bigint not null,
  primary key (tenant_id, on_day, due_on),
  foreign key (tenant_id, on_day) references ar.month_ends (tenant_id, on_day));
select ar.protect('month_end_sums', 'insert, delete');
create policy scope on ar.month_end_sums as restrictive to app_scoped using (false);
insert into ar.month_end_sums select i.tenant_id, i.on_day, i.due_on, sum(i.open_base) from ar.month_end_items i group by 1, 2, 3 having sum(i.open_base) <> 0;

-- How late customers pay is read from the index alone: what was voided was never paid and is no longer in it.
drop index ar.receivables_settled;
create index receivables_settled on ar.receivables (tenant_id, customer_id, settled_on) include (due_on, amount_base) where settled_on is not null and voided_on is null;
-- What waits for somebody today, found without reading what does not wait.
create index receivables_disputed on ar.receivables (tenant_id, due_on) include (open_base) where open <> 0 and disputed;
create index orders_waiting on ar.orders (tenant_id, delivery_on) include (credit_result, amount_base) where status = 'submitted';
