/**
 * npm run proof:messages [-- --messages 10000 --kills 50 --seed 1]: senders are killed while they work against a mail server on this machine that refuses, delays and cuts. Says what
 * every message ended as; exits 1 when one arrived twice, was lost, or says something else than the mail server.
 */
import { parseArgs } from 'node:util'
import { urlFor } from '../../src/platform/login-role.ts'
import { prepareDatabase } from '../../src/platform/prepare-database.ts'
import { startThrowAwayServer } from '../../test/harness/test-server.ts'
import { killSenders } from './message-kills.ts'
import { randomOf } from './random.ts'

const { values } = parseArgs({
  options: {
    messages: { type: 'string', default: '10000' },
    kills: { type: 'string', default: '50' },
    seed: { type: 'string', default: '1' },
  },
})
const login = { name: 'huikuan_proof', password: 'huikuan_proof' }
const server = await startThrowAwayServer({})
try {
  await prepareDatabase(server.url, login)
  const from = performance.now()
  const result = await killSenders({
    ownerUrl: server.url,
    appUrl: urlFor(server.url, login),
    messages: Number(values.messages),
    kills: Number(values.kills),
    random: randomOf(Number(values.seed)).next,
  })
  const seconds = Math.round((performance.now() - from) / 1_000)
  console.info(
    JSON.stringify({ ...result, faults: result.faults.slice(0, 20), faultCount: result.faults.length, seed: values.seed, seconds }),
  )
  process.exitCode = result.faults.length === 0 && result.killed === Number(values.kills) ? 0 : 1
} finally {
  await server.stop()
}
