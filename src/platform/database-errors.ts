import { Problem } from '../kernel/problem.ts'

type DatabaseError = Error & { code?: string; constraint?: string; table?: string }

/** Guard failed (division by zero of the write set), serialisation failure, deadlock, and a twin that used the same idempotency key or number, or made the same period, first. */
export function shouldRetry(error: unknown): boolean {
  const { code, constraint } = error as DatabaseError
  return (
    code === '22012' ||
    code === '40001' ||
    code === '40P01' ||
    (code === '23505' &&
      (constraint === 'idempotency_keys_pkey' || constraint === 'periods_pkey' || constraint === 'runs_tenant_id_kind_business_key_key'))
  )
}

/** What a database refusal means to the person who asked. Problems and our own bugs pass through unchanged. */
export function translateDatabaseError(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof Problem) return error
  const { code, constraint, table } = error as DatabaseError
  if (code === undefined) return error
  const where = { constraint: constraint ?? '', table: table ?? '' }
  if (code === '22012' || code === '40001' || code === '40P01') return new Problem('platform.conflict', {}, { kind: 'conflict' })
  if (code === '23505') return new Problem('platform.duplicate', where, { kind: 'conflict' })
  if (code === '23503') return new Problem('platform.unknownReference', where, { kind: 'refused' })
  if (code === '23514') return new Problem('platform.ruleBroken', where, { kind: 'refused' })
  if (code === '42501') return new Problem('platform.outOfScope', {}, { kind: 'forbidden' })
  if (code === '57014') return new Problem('platform.tookTooLong', {}, { kind: 'unavailable' })
  if (code === '22003') return new Problem('platform.numberTooLarge', {}, { kind: 'refused' })
  if (code === '22021' || code === '22P05') return new Problem('platform.badText', {}, { kind: 'invalid' })
  if (code.startsWith('08') || code.startsWith('57P') || code === '53300')
    return new Problem('platform.databaseAway', {}, { kind: 'unavailable' })
  return error
}
