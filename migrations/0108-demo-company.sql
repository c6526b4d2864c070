-- A demo company is known by its number: no update makes one of a real company or the other way round, and only such a company can be removed.
alter table ar.tenants add constraint tenants_demo_ids check (is_demo = (tenant_id > 900000));
-- Its messages stay inside: sending to customers cannot be switched on.
alter table ar.tenants add constraint tenants_demo_silent check (not (is_demo and sending_enabled));

-- While its months are lived through it is nobody's: clocks, workers and the sealing writer pass it over.
alter table ar.tenants add column ready boolean not null default true;
create or replace function ar.tenant_list() returns setof int language sql stable security definer set search_path = pg_catalog as $$ select t.tenant_id from ar.tenants t where t.ready order by 1 $$;

-- An administrator of the installation looks into a demo company within their own session. The check is the wall: never into a real company.
create table auth.visits (
  session_id text primary key references auth.sessions on delete cascade,
  tenant_id int not null check (tenant_id > 900000), person_id uuid not null);
grant select, insert, update, delete on auth.visits to app_auth;

-- Takes a demo company out of the installation, every row of it; real companies are refused, whoever asks. Tables go in the order in which they are referred to: a table whose
-- rows others refer to waits for them.
create function ar.remove_demo(company int) returns bigint language plpgsql security definer set search_path = pg_catalog as $$
declare
  remaining name[];
  target name;
  gone bigint := 0;
  count_here bigint;
begin
  if company <= 900000 or not exists (select from ar.tenants t where t.tenant_id = company and t.is_demo) then
    raise exception 'company % is no demo company', company using errcode = 'HK001';
  end if;
  delete from auth.users u where u.tenant_id = company;
  delete from auth.visits v where v.tenant_id = company;
  select array_agg(c.relname order by c.relname) into remaining from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid
    where n.nspname = 'ar' and c.relkind = 'r' and a.attname = 'tenant_id' and a.attnum > 0;
  while cardinality(remaining) > 0 loop
    select r into target from unnest(remaining) r where not exists (
      select from pg_constraint k join pg_class child on child.oid = k.conrelid join pg_class parent on parent.oid = k.confrelid join pg_namespace n on n.oid = child.relnamespace
      where k.contype = 'f' and n.nspname = 'ar' and parent.relname = r and child.relname <> r and child.relname = any(remaining)) order by r limit 1;
    if target is null then
      raise exception 'tables refer to each other in a circle: %', remaining;
    end if;
    execute format('delete from ar.%I where tenant_id = $1', target) using company;
    get diagnostics count_here = row_count;
    gone := gone + count_here;
    remaining := array_remove(remaining, target);
  end loop;
  return gone;
end $$;
revoke all on function ar.remove_demo from public;
grant execute on function ar.remove_demo to app_rw;
