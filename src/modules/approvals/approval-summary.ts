import type { Phrase } from '../../kernel/phrase.ts'

/** What the decider is shown, written by the module that asks: a snapshot of the moment of asking. */
export type ApprovalSummary = {
  /** One sentence: what is asked for. */
  readonly about: Phrase
  /** What speaks for and against: rule results, position, history. */
  readonly facts: readonly Phrase[]
  /** Consequence of yes, and of no, said before the click. */
  readonly ifApproved: Phrase
  readonly ifRejected: Phrase
  /** A yes needs a reason in words: it overrides a rule. */
  readonly reasonNeeded: boolean
}
