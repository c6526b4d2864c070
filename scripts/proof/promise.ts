/**
 * What the program promises, by the id that tests carry in their titles. `notYet` says what does not exist yet and therefore cannot be tried; whether the others were tried is for the
 * reports of the tests to say, not for this list.
 */
export type Promised = readonly [id: string, sentence: string, notYet?: string]

/** I-18-product in a title proves I-18. */
const ID = /\b(?:I-\d\d|S\d\d|T\d{2,3}|M[1-7])(?!\d)/g

/** The ids that a title names. 'S26-28' is two ends, not a range: every id is written out. */
export function idsIn(title: string): string[] {
  return [...new Set(title.match(ID) ?? [])]
}
