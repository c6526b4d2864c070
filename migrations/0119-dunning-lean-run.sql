-- On a company's first day of dunning a run writes five rows a customer in one go, and the keys cost as much as the rows (see 0096). A case is written by the statement that holds its customer
-- and names a ladder that has just been read, a step by the statement that writes or moves its case; none of them can be deleted by the program. Invariants I-36 and I-38 look for what
-- stands alone. That the company of a task exists follows from its person.
alter table ar.dunning_cases drop constraint dunning_cases_tenant_id_customer_id_fkey, drop constraint dunning_cases_tenant_id_ladder_id_fkey;
alter table ar.dunning_steps drop constraint dunning_steps_tenant_id_case_id_fkey;
alter table ar.tasks drop constraint tasks_tenant_id_fkey;
-- Open cases of a customer are found by their unique key; nobody asks for the steps of a receivable.
drop index ar.dunning_cases_of_customer;
create index dunning_cases_closed on ar.dunning_cases (tenant_id, customer_id, id) where closed_on is not null;
drop index ar.dunning_step_items_of;
