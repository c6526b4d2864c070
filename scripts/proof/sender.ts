/** One sender as a process of its own, to be killed: looks after the outbox and sends, again and again. Its clock runs faster, so that leases and waits end within seconds. */
import { setTimeout as sleep } from 'node:timers/promises'
import { lookAfterOutbox } from '../../src/modules/messages/look-after-outbox.command.ts'
import { sendDueMessages } from '../../src/modules/messages/send-messages.command.ts'
import { openDatabase } from '../../src/platform/db.ts'
import { secretsOf } from '../../src/platform/secrets.ts'
import { insideTenant } from '../../src/platform/system-caller.ts'

const [url, tenantId, server, from, speed] = process.argv.slice(2) as [string, string, string, string, string]
const clock = (): Date => new Date(Number(from) + (Date.now() - Number(from)) * Number(speed))
const db = await openDatabase({ url, clock, poolSize: 8 })
const caller = insideTenant(Number(tenantId))
const mail = { secrets: secretsOf([Buffer.alloc(32, 7)]), innerServers: [server] }
for (;;) {
  await db.transaction(caller, lookAfterOutbox).catch(() => undefined)
  await sendDueMessages({ db, caller, mail, signal: new AbortController().signal }, {}).catch((error: unknown) => console.error(error))
  await sleep(50)
}
