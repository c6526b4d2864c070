import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { uuid } from '../../src/kernel/uuid.ts'
import type { NewMessage } from '../../src/modules/messages/message.ts'
import { queueMessages } from '../../src/modules/messages/queue-messages.command.ts'
import { openDatabase } from '../../src/platform/db.ts'
import { insideTenant } from '../../src/platform/system-caller.ts'
import { type Script, type SmtpSink, startSmtpSink } from '../../test/harness/smtp-sink.ts'

const TENANT = 1
/** Seconds of the senders' clock a second. */
const SPEED = 60
const SENDERS = 2
const IN_ONE_CALL = 1_000
const LAST_WAIT_MS = 600_000

export type KillOptions = {
  readonly ownerUrl: string
  readonly appUrl: string
  readonly messages: number
  readonly kills: number
  /** 0 ≤ random < 1, the same for the same seed. */
  readonly random: () => number
  /** The control: what is uncertain is queued again without asking anybody. The check must find messages that arrived twice. */
  readonly repeatBlindly?: boolean
}
export type KillResult = {
  readonly statuses: Readonly<Record<string, number>>
  readonly killed: number
  readonly arrived: number
  /** Sentences: messages that arrived twice, were lost, or whose row says something else than the mail server. */
  readonly faults: readonly string[]
}

/**
 * Sends messages through senders that are killed (SIGKILL) while they work, to a mail server that accepts, refuses for now and for good, delays, and cuts the connection after the end of the
 * message. Then compares every row with what the mail server took.
 */
export async function killSenders(options: KillOptions): Promise<KillResult> {
  const owner = new pg.Pool({ connectionString: options.ownerUrl, max: 2 })
  const sink = await startSmtpSink({ script: () => scriptOf(options.random()) })
  try {
    await prepare(owner, options, sink)
    const killed = await sendAndKill(owner, options, sink)
    return { killed, ...(await compare(owner, sink, options.messages)) }
  } finally {
    await sink.close()
    await owner.end()
  }
}

function scriptOf(chance: number): Script {
  if (chance < 0.06) return { cut: 'afterData', isTaken: chance < 0.03 }
  if (chance < 0.1) return { end: '451 4.3.0 try later' }
  if (chance < 0.12) return { mail: '421 4.3.2 too busy' }
  if (chance < 0.14) return { end: '554 5.7.1 no' }
  if (chance < 0.16) return { cut: 'atMail' }
  return chance < 0.4 ? { delayMs: Math.floor(chance * 100) } : {}
}

async function prepare(owner: pg.Pool, { appUrl, messages }: KillOptions, sink: SmtpSink): Promise<void> {
  await owner.query(
    `insert into ar.tenants (tenant_id, name, base_currency, time_zone, language, sending_enabled) values ($1, '回款', 'CNY', 'Asia/Shanghai', 'zh-CN', true)`,
    [TENANT],
  )
  const settings = {
    host: '127.0.0.1',
    port: sink.port,
    security: 'none',
    user: '',
    senderName: '财务部',
    senderAddress: 'finance@ours.example.com',
  }
  await owner.query(`insert into ar.settings (tenant_id, key, value) values ($1, 'mail', $2)`, [
    TENANT,
    { ...settings, replyTo: '', perMinute: 6_000 },
  ])
  const db = await openDatabase({ url: appUrl, clock: () => new Date() })
  for (let from = 0; from < messages; from += IN_ONE_CALL) {
    const some = Array.from({ length: Math.min(IN_ONE_CALL, messages - from) }, (_, index) => reminder(from + index))
    await db.transaction(insideTenant(TENANT), (tx) => queueMessages(tx, some))
  }
  await db.close()
}

function reminder(index: number): NewMessage {
  const about = { kind: 'reminder', entity: 'case', entityId: uuid(), customerId: null, personId: null, language: 'zh-CN' } as const
  const content = { subject: `提醒 ${index}`, html: `<p>提醒 ${index}</p>`, text: `提醒 ${index}` }
  return { id: uuid(), businessKey: `case ${index} level 1`, to: [`customer${index}@example.com`], ...about, ...content }
}

async function sendAndKill(owner: pg.Pool, options: KillOptions, sink: SmtpSink): Promise<number> {
  const from = Date.now()
  const start = (): ChildProcess =>
    spawn(
      process.execPath,
      [join(import.meta.dirname, 'sender.ts'), options.appUrl, String(TENANT), sink.name, String(from), String(SPEED)],
      { stdio: ['ignore', 'ignore', 'inherit'] },
    )
  const senders = Array.from({ length: SENDERS }, start)
  let killed = 0
  const until = Date.now() + LAST_WAIT_MS
  try {
    while (await isUnderWay(owner, options)) {
      if (Date.now() > until) throw new Error('the outbox does not come to its end')
      const before = sink.seen.length
      await sleep(200 + options.random() * 400)
      // A sender is killed while it works: after messages of this round have reached the mail server.
      if (killed >= options.kills || sink.seen.length === before) continue
      const index = Math.floor(options.random() * SENDERS)
      senders[index]!.kill('SIGKILL')
      await once(senders[index]!, 'exit')
      killed += 1
      senders[index] = start()
    }
    return killed
  } finally {
    for (const sender of senders) sender.kill('SIGKILL')
  }
}

async function isUnderWay(owner: pg.Pool, { repeatBlindly = false }: KillOptions): Promise<boolean> {
  if (repeatBlindly)
    await owner.query(`update ar.messages m set status = 'queued', next_at = now() where m.tenant_id = $1 and m.status = 'uncertain'`, [
      TENANT,
    ])
  const { rows } = await owner.query(`select 1 from ar.messages m where m.tenant_id = $1 and m.status in ('queued', 'sending') limit 1`, [
    TENANT,
  ])
  return rows.length > 0
}

async function compare(owner: pg.Pool, sink: SmtpSink, messages: number): Promise<Omit<KillResult, 'killed'>> {
  const { rows } = await owner.query<{ id: string; status: string; header_id: string; key: string }>(
    `select m.id, m.status, m.header_id, m.business_key as key from ar.messages m where m.tenant_id = $1`,
    [TENANT],
  )
  const times = new Map<string, number>()
  for (const { headerId } of sink.taken) times.set(headerId, (times.get(headerId) ?? 0) + 1)
  const faults = rows.flatMap(({ status, header_id: headerId, key }) => {
    const arrived = times.get(headerId) ?? 0
    if (arrived > 1) return [`${key} arrived ${arrived} times`]
    if (status === 'sent' && arrived === 0) return [`${key} counts as sent and never arrived`]
    if (status === 'failed' && arrived > 0) return [`${key} counts as failed and arrived`]
    return ['sent', 'failed', 'uncertain'].includes(status) ? [] : [`${key} ended as ${status}`]
  })
  const statuses: Record<string, number> = {}
  for (const { status } of rows) statuses[status] = (statuses[status] ?? 0) + 1
  return {
    statuses,
    arrived: sink.taken.length,
    faults: [...(rows.length === messages ? [] : [`${messages - rows.length} messages are gone`]), ...faults],
  }
}
