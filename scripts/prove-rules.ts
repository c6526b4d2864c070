/** For every rule of the architecture: plant one violation in a copy and expect the check to name that rule for that file. A rule without a plant fails too. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { cruise, mirrorSource } from './arch-mirror.ts'

const COPY = join(import.meta.dirname, '../.cache/prove')
const { forbidden } = createRequire(import.meta.url)('../.dependency-cruiser.cjs') as {
  forbidden: { name: string; to: { path: string } }[]
}

/** Files to write (path → text); the rule must name one of them. */
const plants: Record<string, Record<string, string>> = {
  'module-is-on-the-path': {
    'src/modules/reports/bad-barter.query.ts': "import '../barter/barter.ts'",
    'src/modules/barter/barter.ts': 'export const a = 1',
  },
  'no-other-suffix': {
    'src/modules/orders/bad-suffix.command.ts': "import './order.service.ts'",
    'src/modules/orders/order.service.ts': 'export const a = 1',
  },
  'pure-stays-pure': { 'src/modules/ageing/bad-pure.ts': "import '../../platform/db.ts'" },
  'contract-touches-zod-only': { 'src/modules/orders/bad.api.ts': "import '../../platform/db.ts'" },
  'kernel-knows-nobody': { 'src/kernel/bad.ts': "import '../platform/db.ts'" },
  'platform-knows-no-business': { 'src/platform/bad.ts': "import '../modules/people/roles.ts'" },
  'connectors-know-no-business': { 'src/connectors/message/email/bad.ts': "import '../../../modules/people/roles.ts'" },
  'one-connector-is-an-island': {
    'src/connectors/message/sms/bad.ts': "import '../fax/fax.ts'",
    'src/connectors/message/fax/fax.ts': 'export const a = 1',
  },
  'providers-behind-their-registry': {
    'src/modules/receipts/bad-provider.command.ts': "import '../../connectors/payment/pigeon/pigeon.ts'",
    'src/connectors/payment/pigeon/pigeon.ts': 'export const a = 1',
  },
  'private-suffixes': { 'src/modules/allocations/bad-private.command.ts': "import '../receipts/receipt.store.ts'" },
  'stores-are-private': { 'src/platform/bad-store.ts': "import '../modules/receipts/receipt.store.ts'" },
  'only-app-gathers': { 'src/web/bad-gather.ts': "import '../modules/receipts/receipts.http.ts'" },
  'http-and-jobs-hold-no-sql': { 'src/modules/receipts/bad.http.ts': "import './receipt.store.ts'" },
  'web-sees-rules-only': { 'src/web/pages/home/bad-server.ts': "import '../../../modules/receipts/receipt.query.ts'" },
  'only-main-starts-things': { 'src/modules/reports/bad.job.ts': "import '../../flow.ts'" },
  'pages-do-not-import-pages': { 'src/web/pages/pigeons/bad.ts': "import '../home/routes.ts'" },
  'no-cycles': {
    'src/modules/ageing/bad-cycle.ts': "import './bad-cycle-two.ts'",
    'src/modules/ageing/bad-cycle-two.ts': "import './bad-cycle.ts'",
  },
  'no-test-imports': {
    'src/modules/ageing/bad-test.command.ts': "import './planted.test.ts'",
    'src/modules/ageing/planted.test.ts': 'export const a = 1',
  },
}
for (const { name, to } of forbidden.filter((rule) => rule.name.endsWith('-uses-upstream-only'))) {
  const module = name.slice(0, -'-uses-upstream-only'.length)
  const downstream = /\(([^|)]+)/.exec(to.path)![1]!
  plants[name] = {
    [`src/modules/${module}/bad-upstream.command.ts`]: `import '../${downstream}/planted-${module}.command.ts'`,
    [`src/modules/${downstream}/planted-${module}.command.ts`]: 'export const a = 1',
  }
}

mirrorSource(COPY)
for (const [path, text] of Object.values(plants).flatMap((files) => Object.entries(files))) {
  mkdirSync(dirname(join(COPY, path)), { recursive: true })
  writeFileSync(join(COPY, path), `${text}\nexport {}\n`)
}
const { violations } = cruise(COPY)
const missed = forbidden
  .map((rule) => rule.name)
  .filter((name) => {
    const planted = Object.keys(plants[name] ?? {})
    return !violations.some((violation) => violation.rule.name === name && planted.includes(violation.from))
  })
for (const name of missed) console.error(`not caught: ${name}`)
if (missed.length > 0) process.exit(1)
console.info(`architecture: each of ${forbidden.length} rules caught its planted violation`)
