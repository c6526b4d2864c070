-- A case of which all that is left is disputed or paused ends when there is something else to chase. What it named is chased again when the dispute is over, and no level that named it
-- before names it again: such cases are few, and are asked for by every run.
alter table ar.dunning_cases drop constraint dunning_cases_closed_how_check, add constraint dunning_cases_closed_how_check check (closed_how in ('settled', 'excluded', 'merged')),
  -- the day on which a run found that the case had come further than its ladder has levels now
  add column cut_on date;
create index dunning_cases_excluded on ar.dunning_cases (tenant_id, id) where closed_how = 'excluded';
