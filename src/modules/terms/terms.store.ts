import type { Day } from '../../kernel/day.ts'
import type { Tx } from '../../platform/db.ts'
import type { CalendarDay } from './calendar.ts'
import type { PaymentTerms } from './payment-terms.ts'

export function insertTerms(tx: Tx, rows: readonly { id: string; code: string; name: string; definition: PaymentTerms }[]): void {
  tx.insert('payment_terms', rows)
}
export function changeTerms(
  tx: Tx,
  row: { id: string; version: number; code: string; name: string; definition: PaymentTerms; status: string },
): void {
  tx.update('payment_terms', [row], { set: ['code', 'name', 'definition', 'status'], expect: ['version'] })
}
export function insertCalendarDays(tx: Tx, rows: readonly CalendarDay[]): void {
  tx.insert('calendar_days', rows)
}
export function changeCalendarDay(tx: Tx, row: CalendarDay & { version: number }): void {
  tx.update('calendar_days', [row], { match: ['onDay'], set: ['working', 'name'], expect: ['version'] })
}
export function deleteCalendarDay(tx: Tx, onDay: Day): void {
  tx.delete('calendar_days', [{ onDay }], ['onDay'])
}
export function insertCustomerTerms(
  tx: Tx,
  rows: readonly { id: string; customerId: string; termsId: string; effectiveFrom: Day; createdBy: string }[],
): void {
  tx.insert('customer_terms', rows)
}
export function deleteCustomerTerms(tx: Tx, id: string): void {
  tx.delete('customer_terms', [{ id }])
}
