import { assert } from '../kernel/assert.ts'
import type { Day } from '../kernel/day.ts'
import { type AuditEntry, auditRow } from './audit.ts'
import type { Caller } from './caller.ts'
import type { Send } from './flight.ts'
import { type Reader, readerOn } from './reader.ts'
import type { Sql } from './sql.ts'
import { numberStatement } from './statements.ts'
import { type IncreaseShape, jsonText, type Row, type Statement, WriteSet } from './write-set.ts'
import type { ColumnTypes, UpdateShape } from './write-set-text.ts'

export type Tx = Reader & {
  /** Adds rows; keys are column names in camelCase, all rows with the same keys; tenant_id is added. */
  insert(table: string, rows: readonly Row[]): void
  /** Adds guarded updates: unless every row is found as `shape` says, the whole transaction fails as platform.conflict. */
  update(table: string, rows: readonly Row[], shape: UpdateShape): void
  /** Adds to counters; changes of one row by several commands are summed into one. */
  increase(table: string, rows: readonly Row[], shape: IncreaseShape): void
  delete(table: string, rows: readonly Row[], match?: readonly string[]): void
  /** `text` (SQL, tenant is $1, own values {0}, {1}…) must select exactly `count` rows at the save: a lock or a condition on somebody else's row. */
  check(text: string, values: readonly unknown[], count: number): void
  /** The next number of `series` for each document, given last, gapless. */
  number(series: string, documentIds: readonly string[]): void
  /** One audit entry: who and from where come from the caller. */
  audit(entry: AuditEntry): void
  /**
   * A job that starts after commit, in the same transaction's fate. With a key, a waiting job of the same key is replaced. `oneAtATime`: long work, of which a company has one under way
   * and the others waiting, so that they do not take every worker.
   */
  job(task: string, payload: Row, key?: string, options?: { readonly oneAtATime?: boolean }): void
  /** Sends what has been added so far, for a command that must read its own writes: says so and pays a round trip. */
  flush(): Promise<void>
  /** Sends what has been added so far and does not wait for the answer: the database works on it while the command thinks about the next rows. What is refused fails the transaction. */
  launch(): Promise<void>
}

const PLANNED_FOR_VALUES: Statement = { text: 'set local plan_cache_mode = auto', values: [] }
const PLANNED_ONCE: Statement = { text: 'set local plan_cache_mode = force_generic_plan', values: [] }

/**
 * A transaction of another time than now (`Database.past`): `instants` are the columns, by table, that the database fills with its own now() where a store leaves them out. They get the
 * transaction's instant, and jobs are left out, because a worker lives today.
 */
export type PastTime = { readonly instants: ReadonlyMap<string, readonly string[]> }

export class Transaction implements Tx {
  readonly caller: Caller
  readonly at: Date
  readonly today: Day
  readonly #send: Send
  readonly #types: ColumnTypes
  readonly #reader: Reader
  #set = new WriteSet()
  #audit: AuditEntry[] = []
  #numbers: { series: string; documentId: string }[] = []
  readonly #past: PastTime | undefined
  #launched: Promise<void> | undefined
  #failed: { readonly error: unknown } | undefined

  constructor(send: Send, types: ColumnTypes, at: Date, caller: Caller, past?: PastTime) {
    this.#past = past
    this.#send = send
    this.#types = types
    this.#reader = readerOn(send, at, caller)
    this.caller = caller
    this.at = at
    this.today = this.#reader.today
  }

  all<T>(query: Sql): Promise<T[]> {
    return this.#reader.all(query)
  }
  maybe<T>(query: Sql): Promise<T | undefined> {
    return this.#reader.maybe(query)
  }
  one<T>(query: Sql): Promise<T> {
    return this.#reader.one(query)
  }
  report<T>(query: Sql): Promise<T[]> {
    // writers keep one plan a text, made for ten values in a list of any length: what looks at thousands is planned for those it was given
    this.#send(PLANNED_FOR_VALUES).catch(() => undefined) // whatever fails fails the question behind it
    const answer = this.#reader.report<T>(query)
    this.#send(PLANNED_ONCE).catch(() => undefined)
    return answer
  }
  pieces<T>(query: Sql, size?: number): AsyncIterable<T[]> {
    return this.#reader.pieces(query, size)
  }
  insert(table: string, rows: readonly Row[]): void {
    const instants = this.#past?.instants.get(table)
    this.#set.insert(table, instants === undefined ? rows : rows.map((row) => ({ ...this.#atOf(instants), ...row })))
  }
  update(table: string, rows: readonly Row[], shape: UpdateShape): void {
    this.#set.update(table, rows, shape)
  }
  increase(table: string, rows: readonly Row[], shape: IncreaseShape): void {
    this.#set.increase(table, rows, shape)
  }
  delete(table: string, rows: readonly Row[], match?: readonly string[]): void {
    this.#set.delete(table, rows, match)
  }
  check(text: string, values: readonly unknown[], count: number): void {
    this.#set.check(text, values, count)
  }
  number(series: string, documentIds: readonly string[]): void {
    for (const documentId of documentIds) this.#numbers.push({ series, documentId })
  }
  audit(entry: AuditEntry): void {
    this.#audit.push(entry)
  }
  job(task: string, payload: Row, key?: string, { oneAtATime = false }: { readonly oneAtATime?: boolean } = {}): void {
    if (this.#past !== undefined) return
    const { tenantId } = this.caller
    this.#set.job({
      task,
      payload: jsonText({ ...payload, tenantId }),
      key: key ?? null,
      queue: oneAtATime ? `${task} ${tenantId}` : null,
    })
  }
  async flush(): Promise<void> {
    const statement = this.#takeStatement()
    if (statement) await this.#send(statement)
  }

  async launch(): Promise<void> {
    const statement = this.#takeStatement()
    if (!statement) return
    await this.#launched // one at a time: what is thought about meanwhile does not pile up
    this.#launched = this.#send(statement).then(
      () => undefined,
      (error: unknown) => {
        this.#failed ??= { error }
      },
    )
    await new Promise((resolve) => setImmediate(resolve)) // flights leave at the end of a turn: this one is on its way now
  }

  /** What fails after something launched was refused fails by that refusal; the server has ended the transaction. */
  causeOf(error: unknown): unknown {
    return this.#failed === undefined ? error : this.#failed.error
  }

  /** Save, numbers and COMMIT in one flight. When one fails, the COMMIT behind it does not run. */
  async commit(): Promise<void> {
    const statement = this.#takeStatement()
    const statements = [
      ...(statement ? [statement] : []),
      ...(this.#numbers.length > 0 ? [numberStatement(this.caller.tenantId, this.#numbers)] : []),
      { text: 'commit', values: [] },
    ]
    const answers = await Promise.all(statements.map((one) => this.#send(one)))
    assert(answers.at(-1)!.command === 'COMMIT', 'what was not refused was committed')
  }

  #atOf(columns: readonly string[]): Row {
    return Object.fromEntries(columns.map((column) => [column, this.at]))
  }

  #takeStatement(): Statement | undefined {
    if (this.#audit.length > 0) {
      const rows = this.#audit.map((entry) => auditRow(this.caller, this.at, entry))
      this.#set.insert('audit_log', rows)
      this.#set.insert(
        'audit_unsealed',
        rows.map((row) => ({ id: row['id'] })),
      )
      this.#audit = []
    }
    if (this.#set.isEmpty) return undefined
    const statement = this.#set.statement(this.caller.tenantId, this.#types)
    this.#set = new WriteSet()
    return statement
  }
}
