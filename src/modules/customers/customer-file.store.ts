import type { Tx } from '../../platform/db.ts'
import type { Row } from '../../platform/write-set.ts'

export function insertContacts(tx: Tx, rows: readonly Row[]): void {
  tx.insert('customer_contacts', rows)
}
export function changeContact(tx: Tx, row: Row, columns: readonly string[]): void {
  tx.update('customer_contacts', [row], { set: columns, expect: ['version'] })
}
export function moveContacts(tx: Tx, ids: readonly string[], customerId: string): void {
  tx.update(
    'customer_contacts',
    ids.map((id) => ({ id, customerId })),
    { set: ['customerId'] },
  )
}
export function insertNotes(tx: Tx, rows: readonly Row[]): void {
  tx.insert('customer_events', rows)
}
export function insertMerge(tx: Tx, row: Row): void {
  tx.insert('customer_merges', [row])
}
export function setMoved(tx: Tx, rows: readonly { id: string; moved: Row; version: number }[]): void {
  tx.update('customer_merges', rows, { set: ['moved'], expect: ['version'] })
}
export function markMergeUndone(tx: Tx, row: { id: string; version: number; undoneBy: string; undoneAt: Date }): void {
  tx.update('customer_merges', [row], { set: ['undoneBy', 'undoneAt'], expect: ['version'] })
}
export function insertDistinctPair(tx: Tx, row: { aId: string; bId: string; decidedBy: string }): void {
  tx.insert('customer_distinct_pairs', [row])
}
