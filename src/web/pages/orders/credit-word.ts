import type { OrderAnswer } from './order-form.ts'

const WAITING: readonly OrderAnswer['status'][] = ['draft', 'submitted', 'rejected', 'cancelled']

/** How the credit check of an order ended, as a word of the vocabulary. A held order goes on only by a release: afterwards it is no hold any more. */
export function creditWord({ status, creditResult }: Pick<OrderAnswer, 'status' | 'creditResult'>): string | null {
  return creditResult === 'hold' && !WAITING.includes(status) ? 'released' : creditResult
}
