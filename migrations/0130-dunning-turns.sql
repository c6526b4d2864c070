-- The last level of a ladder may be repeated: a turn is one time that a level of a case is taken, from 1 on, and the key of a step is (case, level, action, turn). A message that nobody can be sent
-- is a step all the same, which says why it was not possible.
alter table ar.dunning_cases add column turn smallint not null default 1 check (turn > 0);
alter table ar.dunning_steps add column turn smallint not null default 1 check (turn > 0), add column not_possible text check (not_possible in ('noAddress', 'refused')),
  drop constraint dunning_steps_check, drop constraint dunning_steps_check1,
  add constraint dunning_steps_mailed check ((action = 'email' and not_possible is null) = (message_id is not null)),
  add constraint dunning_steps_recipients check (case when action = 'email' and not_possible is null then cardinality(recipients) > 0 else cardinality(recipients) = 0 end),
  drop constraint dunning_steps_tenant_id_case_id_level_action_key, add unique (tenant_id, case_id, level, action, turn);
alter table ar.dunning_step_items add column turn smallint not null default 1 check (turn > 0),
  drop constraint dunning_step_items_pkey, add primary key (tenant_id, case_id, level, turn, receivable_id);
-- One undone task a customer and kind of what dunning asks of people.
create index tasks_open_of_customer on ar.tasks (tenant_id, customer_id, kind) where done_at is null;
