/** Tables of a company that everything asks and that change some times a year. Whoever writes to them through a transaction changes the company's mark with the same statement. */
export const KEPT_TABLES: ReadonlySet<string> = new Set(['settings', 'approval_rules', 'posting_rules', 'calendar_days'])
/** A CTE of the statement that changes one of them; the tenant is $1. */
export const NEW_MARK =
  'insert into ar.kept_marks as m (tenant_id, mark) values ($1, gen_random_uuid()) on conflict (tenant_id) do update set mark = excluded.mark'
