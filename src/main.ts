import { startApplication } from './application.ts'
import { systemClock } from './platform/clock.ts'
import { type Config, readConfig } from './platform/config.ts'
import { type Installation, openInstallation } from './platform/installation.ts'
import { createLog, type Log } from './platform/log.ts'
import { selfCheck } from './platform/self-check.ts'
import { issueSetupToken } from './platform/setup-token.ts'
import { StartRefused } from './platform/start-refused.ts'

/** npm and the terminal both pass Ctrl-C on: what comes within this time is the same wish, what comes later is impatience. */
const SAME_SIGNAL_MS = 2_000

/** For the person at the terminal; the log on stdout stays one JSON object a line. */
const say = (line: string): void => void process.stderr.write(`${line}\n`)

await main().catch((error: unknown) => {
  say(error instanceof StartRefused ? error.message : `Huikuan could not start: ${error instanceof Error ? error.stack : String(error)}`)
  process.exitCode = 1
})

/** Database, migrations, self-check, then what the role asks for. Ends by a signal: 0 when all was finished, 1 when not. */
async function main(): Promise<void> {
  const from = performance.now()
  const { config, warnings } = readConfig(process.env, process.argv.slice(2))
  warnings.forEach(say)
  const log = createLog({ level: config.logLevel })
  const installation = await openInstallation(config, say)
  try {
    const migrations = await installation.prepare()
    await selfCheck({ appUrl: installation.appUrl })
    const application = await startApplication({ installation, config, log, clock: systemClock })
    log.info({ role: config.role, migrations, seconds: Math.round(performance.now() - from) / 1000 }, 'started')
    stopOnSignals(log, async () => {
      await application.stop()
      await installation.stop()
    })
    await greet(config, installation, application.port)
  } catch (error) {
    await installation.stop()
    throw error
  }
}

/** The address, and while there is no company a link that lets its holder set one up. The token stands behind #, which browsers do not send. */
async function greet(config: Config, installation: Installation, port: number | undefined): Promise<void> {
  if (port === undefined) {
    say('Huikuan works in the background (role worker).')
    return
  }
  const address = config.port === 0 ? `http://localhost:${port}` : config.publicUrl
  const token = await issueSetupToken(installation.ownerUrl)
  say(
    token === undefined
      ? `Huikuan is ready: ${address}`
      : `Huikuan is ready. Set up your company (this link works once, for 24 hours):\n  ${address}/setup#token=${token}`,
  )
}

function stopOnSignals(log: Log, stop: () => Promise<void>): void {
  let since: number | undefined
  const end = async (reason: string, code: number) => {
    if (since !== undefined) {
      if (performance.now() - since > SAME_SIGNAL_MS) process.exit(1)
      return
    }
    since = performance.now()
    log.info({ reason }, 'stopping')
    await stop().then(
      () => process.exit(code),
      (error: unknown) => {
        log.error({ error }, 'stopping failed')
        process.exit(1)
      },
    )
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void end(signal, 0))
  for (const kind of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(kind, (error: unknown) => {
      log.fatal({ error }, 'a bug: the program ends so that nothing goes on half-done')
      void end(kind, 1)
    })
  }
}
