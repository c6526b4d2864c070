import { startThrowAwayServer } from '../test/harness/test-server.ts'

/**
 * Keeps one throw-away PostgreSQL running, so that `vitest run FILE` need not start its own each time:
 *   node scripts/test-server.ts [PORT [FOLDER]]     then     export HUIKUAN_TEST_DATABASE_URL=<the printed URL>
 */
const [port, dataDir] = process.argv.slice(2)
const server = await startThrowAwayServer({
  ...(port === undefined ? {} : { port: Number(port) }),
  ...(dataDir === undefined ? {} : { dataDir }),
})
console.log(server.url)
const wait = setInterval(() => undefined, 2 ** 30)
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    clearInterval(wait)
    void server.stop()
  })
}
