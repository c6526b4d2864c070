/** How a case ends: everything that it named is settled; what is left of it is disputed or paused, while something else is to be chased; it was joined to another one. */
export const caseEnds = ['settled', 'excluded', 'merged'] as const
export type CaseEnd = (typeof caseEnds)[number]
