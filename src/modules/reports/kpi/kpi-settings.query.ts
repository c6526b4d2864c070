import type { Reader } from '../../../platform/db.ts'
import { settingsOf } from '../../company/settings.query.ts'
import type { KpiFigures } from './kpi-facts.ts'

/** How the key figures are reckoned. vatBasis: sales with VAT (gross: like receivables) or without (net: like revenue in the financial statements). yearDays: 365 or 360. */
export type KpiSettings = { readonly vatBasis: 'gross' | 'net'; readonly yearDays: number }

export function kpiSettings(reader: Reader): Promise<KpiSettings> {
  return settingsOf<KpiSettings>(reader, 'reports', { vatBasis: 'gross', yearDays: 365 })
}

/** The sales that days and turnover are reckoned with. */
export function salesOf(figures: Pick<KpiFigures, 'sales' | 'salesNet'>, { vatBasis }: KpiSettings): bigint {
  return vatBasis === 'net' ? figures.salesNet : figures.sales
}

/** What has to be read for them. */
export function salesPart({ vatBasis }: KpiSettings): 'sales' | 'salesNet' {
  return vatBasis === 'net' ? 'salesNet' : 'sales'
}
