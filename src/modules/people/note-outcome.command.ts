import { Problem } from '../../kernel/problem.ts'
import type { Tx } from '../../platform/db.ts'
import { person } from './people.query.ts'

/** The audit entry of what happens to somebody's sessions or second factor, which are kept outside of the books. Not for oneself: the own account has its own way, with the password. */
export async function noteOutcome(tx: Tx, personId: string, action: 'people.sessionsEnded' | 'people.totpTakenAway'): Promise<void> {
  await person(tx, personId)
  if (personId === tx.caller.actorId) throw new Problem('people.ownSecurity', {}, { kind: 'forbidden' })
  tx.audit({ action, entity: 'person', entityId: personId })
}
