import { startEmbeddedPostgres } from '../../src/platform/embedded-postgres.ts'

/** A process of its own that starts (or adopts) the server on a data folder, says so in one line of JSON, and gives it up at SIGTERM. */
const server = await startEmbeddedPostgres({ dataDir: process.argv[2] ?? '', say: (line) => console.error(line), throwAway: true })
console.log(JSON.stringify({ url: server.url('postgres'), adopted: server.adopted }))
const wait = setInterval(() => undefined, 60_000)
process.once('SIGTERM', () => {
  clearInterval(wait)
  void server.stop()
})
