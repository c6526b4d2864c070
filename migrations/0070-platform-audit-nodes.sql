-- Inner nodes of the sealed audit log (RFC 6962 section 2.1), every eighth level: a proof reads at most 256 rows a level instead of every leaf.
-- level 8, place 3 = the hash over the leaves 768 to 1023. Only complete subtrees stand here; they never change.
create table ar.audit_nodes (
  tenant_id int not null references ar.tenants, level smallint not null check (level > 0 and level % 8 = 0), place bigint not null check (place >= 0),
  hash bytea not null check (length(hash) = 32),
  primary key (tenant_id, level, place));
select ar.protect('audit_nodes');

do $$
begin
  create temporary table node (tenant_id int, level int, place bigint, hash bytea) on commit drop;
  insert into node select s.tenant_id, 0, s.seq, s.leaf from ar.audit_seals s;
  for above in 1..62 loop
    insert into node
      select n.tenant_id, above, n.place / 2, sha256('\x01'::bytea || string_agg(n.hash, ''::bytea order by n.place))
      from node n where n.level = above - 1 group by n.tenant_id, n.place / 2 having count(*) = 2;
    exit when not found;
  end loop;
  insert into ar.audit_nodes (tenant_id, level, place, hash) select n.tenant_id, n.level, n.place, n.hash from node n where n.level > 0 and n.level % 8 = 0;
end $$;
