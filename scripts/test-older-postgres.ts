import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { installedBinaries } from '../test/harness/test-server.ts'

/** The tests that use a database once more, on the oldest PostgreSQL that Huikuan supports, where that is installed. */
const OLDEST = 15
/** Long ones, about pages, processes, mail, passwords, hostile requests and figures, not about what the database does: once is enough. */
const ONCE_ENOUGH = [
  'test/e2e/',
  'src/modules/demo/',
  'src/modules/messages/send.test.ts',
  'src/modules/people/sign-in.test.ts',
  'test/trust/crash-points.test.ts',
  'test/trust/hostile-queries.test.ts',
  'test/trust/isolation.test.ts',
  'test/trust/message-kills.test.ts',
  'test/trust/model.test.ts',
  'test/trust/own-secrets.test.ts',
  'test/trust/route-matrix.test.ts',
  'test/trust/tampering.test.ts',
]
const root = join(import.meta.dirname, '..')

if (installedBinaries(OLDEST) === undefined) {
  console.log(`PostgreSQL ${OLDEST} is not installed here: the database tests ran on the embedded one only.`)
} else {
  const files = ['src', 'test'].flatMap(testsOnDatabase)
  if (files.length === 0) throw new Error('no test uses a database: the search for them is wrong')
  console.log(`${files.length} files of database tests on PostgreSQL ${OLDEST}:`)
  const { status } = spawnSync(join(root, 'node_modules/.bin/vitest'), ['run', ...files], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, HUIKUAN_TEST_PG: String(OLDEST) },
  })
  process.exitCode = status ?? 1
}

/** A test uses a database when it takes one from the harness. */
function testsOnDatabase(folder: string): string[] {
  const names = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
  return names
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => join(folder, name))
    .filter((name) => !ONCE_ENOUGH.some((once) => name.startsWith(once)))
    .filter((name) => /from '[./]*(test\/)?harness\/(database|app|books)\.ts'/.test(readFileSync(join(root, name), 'utf8')))
}
