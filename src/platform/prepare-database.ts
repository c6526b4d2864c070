import { Client } from 'pg'
import { prepareJobs } from './jobs.ts'
import { ensureLoginRole, type Login } from './login-role.ts'
import { migrate } from './migrate.ts'
import { SETUP_TABLE } from './setup-token.ts'

/**
 * Makes a database ready for this program: schema, job queue, the login of the application. `ownerUrl` signs in as the owner of the
 * tables. Several processes may do it at once. Returns the migrations that were run now.
 */
export async function prepareDatabase(ownerUrl: string, login: Login): Promise<string[]> {
  const ran = await migrate({ connectionString: ownerUrl })
  await prepareJobs(ownerUrl)
  await makeSetupTable(ownerUrl)
  await ensureLoginRole(ownerUrl, login)
  return ran
}

async function makeSetupTable(ownerUrl: string): Promise<void> {
  const client = new Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    await client.query(`begin; select pg_advisory_xact_lock(hashtext('huikuan.setup')); ${SETUP_TABLE} commit`)
  } finally {
    await client.end()
  }
}
