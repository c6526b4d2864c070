import { Problem } from '../../kernel/problem.ts'
import type { Caller } from '../../platform/caller.ts'
import type { Database, Tx } from '../../platform/db.ts'
import { refuseKey } from './invite-people.command.ts'
import { person } from './people.query.ts'

/** The audit entry of what happens to somebody's sessions or second factor, which are kept outside of the books. Not for oneself: the own account has its own way, with the password. */
export async function noteOutcome(tx: Tx, personId: string, action: 'people.sessionsEnded' | 'people.totpTakenAway'): Promise<void> {
  if (action === 'people.totpTakenAway') refuseKey(tx.caller)
  await person(tx, personId)
  if (personId === tx.caller.actorId) throw new Problem('people.ownSecurity', {}, { kind: 'forbidden' })
  tx.audit({ action, entity: 'person', entityId: personId })
}

export type OwnStep = 'people.confirmed' | 'people.passwordChanged' | 'people.totpOn' | 'people.totpOff' | 'people.sessionEnded'

/** The audit entry of what a person has done to their own password, second factor or sessions: written once it has happened, for it is kept outside of the books. */
export async function noteOwnStep(db: Database, caller: Caller, action: OwnStep): Promise<void> {
  await db.transaction(caller, async (tx) => tx.audit({ action, entity: 'person', entityId: caller.actorId }))
}
