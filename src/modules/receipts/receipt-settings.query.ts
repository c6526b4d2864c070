import type { Reader } from '../../platform/db.ts'
import { standardSettings } from '../company/setting-definitions.ts'
import { settingsOf } from '../company/settings.query.ts'

export type ReceiptSettings = {
  /** Days around the day of the money within which an equal amount of the same payer looks like the same money. */
  readonly duplicateDays: number
  /** Days that the salesperson has for the customer-care task. */
  readonly careTaskDays: number
}

export function receiptSettings(reader: Reader): Promise<ReceiptSettings> {
  return settingsOf(reader, 'receipts', standardSettings('receipts') as ReceiptSettings)
}
