/**
 * Why a customer with something due takes no level today. `blocked`: dunning of the customer is paused; `itemsExcluded`: everything due is disputed or paused; `covered`: the customer's
 * unallocated money covers it; `belowMinimum`: the net debt is below the level's minimum; `notYet`: the next level's day has not come; `tooSoon`: catching up, too few days since the last
 * level; `doneToday`: a level was taken on this very day; `ladderEnded`: no further level; `noAddress`: a message is to be sent and nobody of the customer has an e-mail address;
 * `tooManyContacts`: the address has had as many messages in 7 days as the company allows.
 */
export const leftOutReasons = [
  'blocked',
  'itemsExcluded',
  'covered',
  'belowMinimum',
  'notYet',
  'tooSoon',
  'doneToday',
  'ladderEnded',
  'noAddress',
  'tooManyContacts',
] as const
export type LeftOutReason = (typeof leftOutReasons)[number]

/** Rows that an answer of the dry run or of a run shows; the counts are of all. */
export const PLAN_ROWS_MOST = 1_000
