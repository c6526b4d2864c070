import { afterAll, afterEach, beforeAll } from 'vitest'
import { lookAfterOutbox } from '../../src/modules/messages/look-after-outbox.command.ts'
import type { Preparers } from '../../src/modules/messages/prepare-messages.command.ts'
import { sendDueMessages } from '../../src/modules/messages/send-messages.command.ts'
import { sql } from '../../src/platform/sql.ts'
import { startTestApp, type TestApp, type TestCompany } from './app.ts'
import { connectToSink, storedMessage } from './outbox.ts'
import { type SinkOptions, type SmtpSink, startSmtpSink } from './smtp-sink.ts'

const START = '2026-11-21T02:00:00Z'
type Attempt = { outcome: string; code: number | null; answer: string; recipients: unknown[] }

/** The program with mail servers on this machine, for the tests of one file; after each of them the servers are closed and the clock is put back. `company` is the last one connected. */
export function sendingStage() {
  const stage = { sinks: [] as SmtpSink[] } as { app: TestApp; company: TestCompany; readonly sinks: SmtpSink[] }
  beforeAll(async () => {
    stage.app = await startTestApp(START)
  })
  afterAll(() => stage.app.close())
  afterEach(async () => {
    for (const sink of stage.sinks.splice(0)) await sink.close()
    stage.app.setNow(START)
  })
  const stored = (key: string) => storedMessage(stage.app, stage.company, key)
  return Object.assign(stage, {
    /** A new company whose mail goes to a server that behaves like this. */
    connected: async (options: SinkOptions = {}, more: object = {}): Promise<SmtpSink> => {
      stage.company = await stage.app.company()
      const sink = await startSmtpSink(options)
      stage.sinks.push(sink)
      await connectToSink(stage.app, stage.company, sink, more)
      return sink
    },
    send: (preparers: Preparers = {}) => {
      const { app, company } = stage
      return sendDueMessages({ db: app.db, caller: company.system, mail: app.mail, signal: new AbortController().signal }, preparers)
    },
    look: () => stage.app.db.transaction(stage.company.system, lookAfterOutbox),
    later: (minutes: number) => stage.app.setNow(new Date(Date.parse(START) + minutes * 60_000).toISOString()),
    stored,
    attempts: (key: string) =>
      stage.app.db.read(stage.company.system, (reader) =>
        reader.all<Attempt>(
          sql`select a.outcome, a.code, a.answer, a.recipients from ar.message_attempts a join ar.messages m on m.tenant_id = a.tenant_id and m.id = a.message_id
            where a.tenant_id = ${stage.company.tenantId} and m.business_key = ${key} order by a.no`,
        ),
      ),
    decide: async (key: string, decision: string, who: 'financeManager' | 'administrator' | 'collector' = 'financeManager') => {
      const { id, version } = await stored(key)
      return stage.company.people[who].post('/api/messages/decisions', { messages: [{ id, version }], decision })
    },
  })
}
