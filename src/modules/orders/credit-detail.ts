import type { CreditAnswer } from '../credit/credit-check.ts'

/** The credit check as it is kept with the order: every rule with its result and reason. Amounts as decimal integers of minor units, base currency. */
export type CreditDetail = {
  readonly added: string
  readonly over: string
  readonly rules: readonly { readonly rule: string; readonly result: string; readonly reason: unknown; readonly over: string }[]
}

export function creditDetail({ added, over, rules }: CreditAnswer): CreditDetail {
  return {
    added: String(added),
    over: String(over),
    rules: rules.map(({ rule, result, reason, over: by }) => ({ rule, result, reason, over: String(by) })),
  }
}
