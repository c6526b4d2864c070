-- A run writes tens of thousands of rows about what it has just read, in the statement that writes their case: the keys cost as much as the rows. The case of a step stays a key (one row a
-- step); what a step names, its customer and its version are proven by invariant I-38. Nothing of any of these tables can be deleted by the program.
alter table ar.dunning_step_items drop constraint dunning_step_items_tenant_id_case_id_fkey, drop constraint dunning_step_items_tenant_id_receivable_id_fkey;
alter table ar.dunning_steps drop constraint dunning_steps_tenant_id_customer_id_fkey, drop constraint dunning_steps_tenant_id_ladder_version_id_fkey;
alter table ar.dunning_mailed_items drop constraint dunning_mailed_items_tenant_id_receivable_id_fkey;
