/**
 * Why a reminder was withheld at its last look (codes of `messages.reasons`) so that its level is not done with: it comes once more when it is judged so on another day. What was withheld
 * because everything was paid (`settled`) or a later level was written (`superseded`), or because a person said so (`byPerson`), does not come again.
 */
export const passingReasons = ['paused', 'itemsExcluded', 'covered', 'belowMinimum', 'noAddress', 'customerMerged'] as const
