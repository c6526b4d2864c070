import { Problem } from '../kernel/problem.ts'

type DatabaseError = Error & { code?: string; constraint?: string; table?: string; routine?: string }

/** A command that found others' work between its reading and its locks, a guard that failed (division by zero of the write set), serialisation failure, deadlock, and a twin that used the same idempotency key or number, or made the same period, first. */
export function shouldRetry(error: unknown): boolean {
  if (error instanceof Problem) return error.code === 'platform.conflict'
  const { code, constraint } = error as DatabaseError
  return isOutOfDate(error) || code === '22012' || code === '40001' || code === '40P01' || (code === '23505' && TWINS.has(constraint ?? ''))
}
/** Unique keys under which a twin may have been faster: tried again, its row is found. */
const TWINS = new Set([
  'idempotency_keys_pkey',
  'periods_pkey',
  'runs_tenant_id_kind_business_key_key',
  'messages_tenant_id_business_key_key',
  'message_frames_pkey',
  'dunning_one_open_case',
])

/** A prepared statement that the server no longer has, or whose table has other columns since a migration: prepared again, it works. */
export function isOutOfDate(error: unknown): boolean {
  const { code, routine } = error as DatabaseError
  return code === '26000' || (code === '0A000' && routine === 'RevalidateCachedQuery')
}

/** What pg says, without a code, of a connection that was cut or could not be had in time. */
const AWAY_MESSAGE =
  /^(Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect|Client was closed)/
const AWAY_CODES = ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', '53300']

/** The database cannot be reached at this moment, or has cut the connection: the same call may succeed in a moment. */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error) || error instanceof Problem) return false
  const { code, syscall } = error as DatabaseError & { syscall?: string }
  if (code === undefined) return AWAY_MESSAGE.test(error.message)
  if (code === 'ENOENT') return syscall === 'connect' // the socket of a server that does not run
  return isOutOfDate(error) || code.startsWith('08') || code.startsWith('57P') || AWAY_CODES.includes(code)
}

export function databaseAway(): Problem {
  return new Problem('platform.databaseAway', {}, { kind: 'unavailable' })
}

/** What a database refusal means to the person who asked. Problems and our own bugs pass through unchanged. */
export function translateDatabaseError(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof Problem) return error
  if (isDatabaseAway(error)) return databaseAway()
  const { code, constraint, table } = error as DatabaseError
  if (code === undefined) return error
  const where = { constraint: constraint ?? '', table: table ?? '' }
  if (code === '22012' || code === '40001' || code === '40P01') return new Problem('platform.conflict', {}, { kind: 'conflict' })
  if (code === '23505') return new Problem('platform.duplicate', where, { kind: 'conflict' })
  if (code === '23503') return new Problem('platform.unknownReference', where, { kind: 'refused' })
  if (code === '23514') return new Problem('platform.ruleBroken', where, { kind: 'refused' })
  if (code === '42501') return new Problem('platform.outOfScope', {}, { kind: 'forbidden' })
  if (code === '53100') return new Problem('platform.diskFull', {}, { kind: 'unavailable' })
  if (code === '57014') return new Problem('platform.tookTooLong', {}, { kind: 'unavailable' })
  if (code === '22003') return new Problem('platform.numberTooLarge', {}, { kind: 'refused' })
  if (code === '22021' || code === '22P05') return new Problem('platform.badText', {}, { kind: 'invalid' })
  return error
}
