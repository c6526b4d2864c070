import { Problem } from '../../kernel/problem.ts'
import { may } from '../../platform/caller.ts'
import type { Tx } from '../../platform/db.ts'
import { word } from '../../platform/words.ts'
import type { CustomersCreated } from '../customers/customer-events.ts'
import { requestLimits } from './request-limits.command.ts'

/**
 * Handler of customers.created, behind openCreditAccounts: a limit that the form of the new customer named is asked for like any other. Reads what was just written: pays for a
 * flush. Throws people.mayNot.
 */
export async function requestFirstLimits(tx: Tx, { customers }: CustomersCreated): Promise<void> {
  const wanted = customers.flatMap(({ id, firstLimitBase }) =>
    firstLimitBase === undefined ? [] : [{ customerId: id, limitBase: firstLimitBase }],
  )
  if (wanted.length === 0) return
  if (!may(tx.caller, 'credit.request'))
    throw new Problem('people.mayNot', { permission: 'credit.request' }, { kind: 'forbidden', path: 'askedLimit' })
  await tx.flush()
  const reason = word(tx.caller.language, 'credit.firstLimit') ?? ''
  await requestLimits(
    tx,
    wanted.map((one) => ({ ...one, version: 1, kind: 'standard', effectiveFrom: tx.today, effectiveUntil: null, reason })),
  )
}
