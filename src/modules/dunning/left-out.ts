/**
 * Why a customer with something due takes no level today. `blocked`: dunning of the customer is paused; `itemsExcluded`: everything due is disputed or paused; `covered`: the customer's
 * unallocated money covers it; `belowMinimum`: the net debt is below the level's minimum; `notYet`: the next level's day has not come; `tooSoon`: catching up, too few days since the last
 * level; `doneToday`: a level was taken on this very day; `ladderEnded`: no further level, and no repetition; `tooManyContacts`: the address has had as many messages in 7 days as the
 * company allows. `noAddress` stands in the results of early runs only, when a level whose message could not be sent was not taken at all.
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
