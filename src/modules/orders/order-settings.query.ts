import { kept } from '../../platform/kept.ts'
import { settingsOf } from '../company/settings.query.ts'
import { type CompletenessSettings, defaultCompleteness } from './order-completeness.ts'
import type { OpensReceivablesOn } from './order-events.ts'

/** When an order becomes receivables: at approval or with each delivery. */
export const opensReceivablesOn = kept(async (reader): Promise<OpensReceivablesOn> => {
  const { openOn } = await settingsOf<{ openOn: OpensReceivablesOn }>(reader, 'receivables', { openOn: 'approved' })
  return openOn
})

/** What an order must say before it may be submitted. */
export const completenessSettings = kept((reader) => settingsOf<CompletenessSettings>(reader, 'orders', defaultCompleteness))
