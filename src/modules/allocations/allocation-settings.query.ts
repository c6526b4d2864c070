import type { Reader } from '../../platform/db.ts'
import { kept } from '../../platform/kept.ts'
import { settingsOf } from '../company/settings.query.ts'
import { defaultTolerance, type ShortPaymentTolerance } from './short-payment.ts'

export type AllocationSettings = {
  /** What happens to a receipt's money when it is confirmed. 'reference': only what the payer named or the receipt's own order. */
  readonly onConfirmation: 'off' | 'reference' | 'oldest' | 'statutory'
  readonly tolerance: ShortPaymentTolerance
}

export const allocationSettings = kept(async (reader: Reader): Promise<AllocationSettings> => {
  const { onConfirmation, toleranceAbsolute, tolerancePercent } = await settingsOf(reader, 'allocations', {
    onConfirmation: 'reference' as AllocationSettings['onConfirmation'],
    toleranceAbsolute: defaultTolerance.absolute,
    tolerancePercent: defaultTolerance.percent,
  })
  return { onConfirmation, tolerance: { absolute: toleranceAbsolute, percent: tolerancePercent } }
})
