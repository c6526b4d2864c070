import { Client } from 'pg'
import { APPLICATION_ROLES } from './login-role.ts'
import { StartRefused } from './start-refused.ts'

const MAJOR_MIN = 15
const MAJOR_MAX = 18

/** Rows that are written once: a change is another row. */
const WRITTEN_ONCE = [
  'adjustments',
  'allocations',
  'approval_decisions',
  'audit_log',
  'audit_nodes',
  'audit_roots',
  'audit_seals',
  'document_numbers',
  'posting_rules',
  'receivable_entries',
  'security_events',
  'voucher_lines',
  'vouchers',
]
/** Rows whose state moves but which never go away. */
const NEVER_DELETED = [
  'accounts',
  'credit_accounts',
  'customers',
  'number_series',
  'orders',
  'periods',
  'receipts',
  'receivable_lines',
  'receivables',
  'tenants',
]

export type SelfCheckOptions = {
  /** What the application signs in with. */
  readonly appUrl: string
  /** Throw-away servers of tests run without fsync. Set by the harness, by nothing else. */
  readonly withoutDurability?: boolean
}

/** Refuses to start (`StartRefused`, all reasons at once) on a database that may lose or leak data. */
export async function selfCheck(options: SelfCheckOptions): Promise<void> {
  const problems = await findProblems(options)
  if (problems.length > 0)
    throw new StartRefused(`The database is not safe to work on:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`)
}

/** One sentence for each thing that is wrong; none when all is well. */
export async function findProblems({ appUrl, withoutDurability = false }: SelfCheckOptions): Promise<string[]> {
  const client = new Client({ connectionString: appUrl })
  await client.connect()
  try {
    return [
      ...(await versionProblems(client)),
      ...(withoutDurability ? [] : await durabilityProblems(client)),
      ...(await loginProblems(client)),
      ...(await rowSecurityProblems(client)),
      ...(await missingBooks(client)),
      ...(await bookProblems(client)),
    ]
  } finally {
    await client.end()
  }
}

/** Refuses a server outside 15-18 before anything is written to it. */
export async function checkVersion(url: string): Promise<void> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    const [problem] = await versionProblems(client)
    if (problem !== undefined) throw new StartRefused(problem)
  } finally {
    await client.end()
  }
}

async function versionProblems(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ number: number; name: string }>(
    `select current_setting('server_version_num')::int number, current_setting('server_version') name`,
  )
  const major = Math.floor((rows[0]?.number ?? 0) / 10_000)
  if (major >= MAJOR_MIN && major <= MAJOR_MAX) return []
  return [`The database server is PostgreSQL ${rows[0]?.name}: Huikuan needs ${MAJOR_MIN} to ${MAJOR_MAX}.`]
}

/** trust-invariants.md 7.5: what PostgreSQL promises about a commit holds only with these. */
async function durabilityProblems(client: Client): Promise<string[]> {
  const wrong: Record<string, { is: string; because: string }> = {
    fsync: { is: 'off', because: 'a power cut could destroy the books' },
    full_page_writes: { is: 'off', because: 'a power cut could tear a page of the books' },
    synchronous_commit: { is: 'off', because: 'a payment that was confirmed could be gone after a crash' },
    data_sync_retry: { is: 'on', because: 'a failed write to disk would be taken for a good one' },
    zero_damaged_pages: { is: 'on', because: 'damaged rows would vanish instead of being reported' },
  }
  const { rows } = await client.query<{ name: string; setting: string }>(
    'select s.name, s.setting from pg_settings s where s.name = any($1) order by s.name',
    [Object.keys(wrong)],
  )
  return rows
    .filter((row) => wrong[row.name]?.is === row.setting)
    .map((row) => `The server runs with ${row.name} = ${row.setting}: ${wrong[row.name]?.because}. Set it right in postgresql.conf.`)
}

/** Row security does not bind a superuser, a role that may bypass it, or an owner; nor whoever can become one. */
async function loginProblems(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ login: string; role: string; reason: string }>(
    `select current_user login, r.rolname as role,
       case when r.rolsuper then 'is a superuser' when r.rolbypassrls then 'bypasses row security' when r.rolcreaterole then 'may make roles'
         when r.rolname like 'pg\\_%' then 'has rights over the whole server' else 'owns tables' end reason
     from pg_roles r
     where pg_has_role(current_user, r.oid, 'member')
       and (r.rolsuper or r.rolbypassrls or r.rolcreaterole or r.rolname like 'pg\\_%'
         or exists (select from pg_class c join pg_namespace n on n.oid = c.relnamespace
                    where c.relowner = r.oid and n.nspname in ('ar', 'auth', 'graphile_worker', 'public')))
     order by r.rolname`,
  )
  return rows.map(({ login, role, reason }) =>
    role === login
      ? `The application signs in as ${login}, which ${reason}.`
      : `The application signs in as ${login}, which can become ${role}, which ${reason}.`,
  )
}

async function rowSecurityProblems(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = 'ar' and c.relkind in ('r', 'p')
       and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped)
       and not (c.relrowsecurity and c.relforcerowsecurity
         and exists (select from pg_policy p where p.polrelid = c.oid and p.polpermissive and pg_get_expr(p.polqual, p.polrelid) like '%app.tenant%'))
     order by c.relname`,
  )
  return rows.map(({ name }) => `The table ar.${name} holds data of companies without forced row security.`)
}

async function missingBooks(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select b.name from unnest($1::text[]) b(name)
     where not exists (select from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'ar' and c.relname = b.name) order by b.name`,
    [[...WRITTEN_ONCE, ...NEVER_DELETED]],
  )
  return rows.map(({ name }) => `The table ar.${name}, part of the books, is missing.`)
}

/** Looks at what the roles of the application really may do, by whatever grant (of a column, to everybody, through another role). */
async function bookProblems(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ role: string; name: string; may: string }>(
    `with roles as (select current_user::text as role union select unnest($1::text[])),
       books as (select c.oid, c.relname as name, c.relname = any($2) as written_once from pg_class c join pg_namespace n on n.oid = c.relnamespace
                 where n.nspname = 'ar' and c.relkind in ('r', 'p') and (c.relname = any($2) or c.relname = any($3)))
     select r.role, b.name, concat_ws(', ',
         case when b.written_once and has_any_column_privilege(r.role, b.oid, 'update') then 'change' end,
         case when has_table_privilege(r.role, b.oid, 'delete') then 'delete' end,
         case when has_table_privilege(r.role, b.oid, 'truncate') then 'empty' end) as may
     from roles r cross join books b
     where (b.written_once and has_any_column_privilege(r.role, b.oid, 'update')) or has_table_privilege(r.role, b.oid, 'delete, truncate')
     order by b.name, r.role`,
    [APPLICATION_ROLES, WRITTEN_ONCE, NEVER_DELETED],
  )
  return rows.map(({ role, name, may }) => `The role ${role} may ${may} rows of ar.${name}, which are part of the books.`)
}
