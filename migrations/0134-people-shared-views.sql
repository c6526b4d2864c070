-- A saved view that the whole company sees. Its name is the company's own: two shared views of a page are never called the same.
alter table ar.saved_views add column shared boolean not null default false, add column version int not null default 1;
create unique index saved_views_shared on ar.saved_views (tenant_id, page, name) where shared;
