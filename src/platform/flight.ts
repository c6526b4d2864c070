import pg from 'pg'
import { isOutOfDate } from './database-errors.ts'
import { parameterText } from './parameter-text.ts'
import { camelCase } from './sql.ts'
import { preparedName } from './statements.ts'
import type { Statement } from './write-set.ts'

/** What one statement answered: rows as objects with camelCase keys, and the command ('SELECT', 'COMMIT', 'ROLLBACK' …). */
export type Answered = { readonly rows: readonly unknown[]; readonly command: string }
/** Sends statements on one connection, in the order given. */
export type Send = (statement: Statement) => Promise<Answered>

/**
 * Statements asked for in one turn of the event loop fly together: one write, one Sync and one answer for all of them, instead of one each. When one fails, those behind it
 * do not run and fail with its error. A text that was prepared on this connection is neither parsed nor described again.
 */
export function sendOn(client: pg.ClientBase): Send {
  let waiting: Flying[] | undefined
  return (statement) =>
    new Promise((resolve, reject) => {
      if (waiting === undefined) {
        const flight: Flying[] = []
        waiting = flight
        setImmediate(() => {
          waiting = undefined
          try {
            client.query(new Flight(flight, preparedOn(client)) as unknown as pg.Submittable)
          } catch (error) {
            for (const { reject } of flight) reject(error) // a value that cannot be written: nothing was sent, no COMMIT behind it either
          }
        })
      }
      waiting.push({ statement, resolve, reject })
    })
}

type Flying = { readonly statement: Statement; readonly resolve: (answer: Answered) => void; readonly reject: (error: unknown) => void }
/** How the columns of an answer are called and read. */
type Shape = { readonly names: readonly string[]; readonly readers: readonly ((text: string) => unknown)[] }
const NO_COLUMNS: Shape = { names: [], readers: [] }

/** By the name of a prepared statement: what it answers with. A name that is missing was not prepared, or not successfully. */
const prepared = new WeakMap<pg.ClientBase, Map<string, Shape>>()
function preparedOn(client: pg.ClientBase): Map<string, Shape> {
  const known = prepared.get(client) ?? new Map<string, Shape>()
  prepared.set(client, known)
  return known
}

/** The part of pg's connection that a flight uses (pg's types are those of an older version). Every message goes out through `_send`. */
type Connection = {
  readonly stream: { cork(): void; uncork(): void }
  _send(message: Buffer): void
  close(message: { type: 'S'; name: string }): void
  parse(message: { name: string; text: string }): void
  bind(message: { portal: string; statement: string; values: readonly (string | Buffer | null)[] }): void
  describe(message: { type: 'P'; name: string }): void
  execute(message: { portal: string }): void
  sync(): void
}

/** Up to here the messages of a flight are copied into one piece, which costs less than forty pieces in one writev; a file's rows are not copied again. */
const COPIED_MOST = 64 * 1024

/** One query in pg's eyes: it is handed the messages of the server as they come. */
class Flight {
  readonly #flying: readonly (Flying & { name: string; values: readonly (string | Buffer | null)[] })[]
  readonly #prepared: Map<string, Shape>
  #at = 0
  #shape: Shape = NO_COLUMNS
  #rows: unknown[] = []
  #broken: { readonly error: unknown } | undefined

  constructor(flying: readonly Flying[], known: Map<string, Shape>) {
    this.#flying = flying.map((one) => ({
      ...one,
      name: one.statement.isOnce ? '' : preparedName(one.statement.text),
      values: one.statement.values.map(parameterText),
    }))
    this.#prepared = known
  }

  submit(connection: Connection): void {
    this.#shape = this.#shapeAt(0)
    const messages: Buffer[] = []
    const collecting = Object.create(connection) as Connection
    collecting._send = (message) => void messages.push(message)
    this.#addMessages(collecting)
    const bytes = messages.reduce((sum, { length }) => sum + length, 0)
    connection.stream.cork()
    for (const message of bytes <= COPIED_MOST ? [Buffer.concat(messages, bytes)] : messages) connection._send(message)
    connection.stream.uncork()
  }

  #addMessages(connection: Connection): void {
    const sent = new Set<string>()
    for (const { statement, name, values } of this.#flying) {
      const isKnown = this.#prepared.has(name) || sent.has(name)
      if (!isKnown) {
        if (name !== '') connection.close({ type: 'S', name }) // an earlier flight may have failed behind its parse
        connection.parse({ name, text: statement.text })
        if (name !== '') sent.add(name)
      }
      connection.bind({ portal: '', statement: name, values })
      if (!this.#prepared.has(name)) connection.describe({ type: 'P', name: '' })
      connection.execute({ portal: '' })
    }
    connection.sync()
  }

  handleRowDescription({ fields }: { fields: readonly { name: string; dataTypeID: number }[] }): void {
    this.#shape = {
      names: fields.map((field) => camelCase(field.name)),
      readers: fields.map((field) => pg.types.getTypeParser(field.dataTypeID, 'text') as (text: string) => unknown),
    }
  }

  handleDataRow({ fields }: { fields: readonly (string | null)[] }): void {
    if (this.#broken) return
    const { names, readers } = this.#shape
    const row: Record<string, unknown> = {}
    try {
      for (let index = 0; index < names.length; index += 1) {
        const text = fields[index]
        row[names[index]!] = text === null || text === undefined ? null : readers[index]!(text)
      }
      this.#rows.push(row)
    } catch (error) {
      this.#broken = { error }
    }
  }

  handleCommandComplete({ text }: { text: string }): void {
    const { name, resolve, reject } = this.#flying[this.#at]!
    if (name !== '') this.#prepared.set(name, this.#shape)
    if (this.#broken) reject(this.#broken.error)
    else resolve({ rows: this.#rows, command: text.split(' ', 1)[0]! })
    this.#at += 1
    this.#rows = []
    this.#broken = undefined
    this.#shape = this.#shapeAt(this.#at)
  }

  handleEmptyQuery(): void {
    this.handleCommandComplete({ text: '' })
  }

  /** Of the server, or of a connection that broke. */
  handleError(error: unknown): void {
    if (isOutOfDate(error)) this.#prepared.clear()
    for (const { reject } of this.#flying.slice(this.#at)) reject(error)
    this.#at = this.#flying.length
  }

  /** Every statement was answered or refused by now. */
  handleReadyForQuery(): void {
    if (this.#at < this.#flying.length) this.handleError(new Error('the server answered fewer statements than were sent'))
  }

  #shapeAt(index: number): Shape {
    return this.#prepared.get(this.#flying[index]?.name ?? '') ?? NO_COLUMNS
  }
}
