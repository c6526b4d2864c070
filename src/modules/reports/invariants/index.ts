import { receivableProofs } from '../../receivables/receivables-proof.query.ts'
import { voucherProofs } from '../../vouchers/vouchers-proof.query.ts'
import { accessInvariants } from './access.query.ts'
import { ageingInvariants } from './ageing.query.ts'
import { auditInvariants } from './audit.query.ts'
import { creditInvariants } from './credit.query.ts'
import { dunningInvariants } from './dunning.query.ts'
import type { Invariant } from './invariant.query.ts'
import { messageInvariants } from './messages.query.ts'
import { moneyInvariants } from './money.query.ts'
import { orderInvariants } from './orders.query.ts'
import { postingInvariants } from './posting.query.ts'

/** Every invariant of the books, in the order in which they are shown. */
export const invariants: readonly Invariant[] = [
  ...receivableProofs,
  ...moneyInvariants,
  ...orderInvariants,
  ...creditInvariants,
  ...voucherProofs,
  ...postingInvariants,
  ...ageingInvariants,
  ...messageInvariants,
  ...dunningInvariants,
  ...auditInvariants,
  ...accessInvariants,
]
