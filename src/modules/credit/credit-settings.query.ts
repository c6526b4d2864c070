import type { Reader } from '../../platform/db.ts'
import { kept } from '../../platform/kept.ts'
import { storedSettings } from '../company/settings.query.ts'
import { type CreditThresholds, defaultThresholds } from './credit-check.ts'
import { defaultExposureSettings, type ExposureSettings } from './credit-exposure.ts'

/** How the company checks credit. `orderHorizonDays`: orders to be delivered later than that do not count yet; null = all count. */
export type CreditSettings = {
  readonly thresholds: CreditThresholds
  readonly exposure: ExposureSettings
  readonly orderHorizonDays: number | null
  readonly version: number
  readonly exposureVersion: number
}
type Stored = { readonly [Field in keyof CreditThresholds]?: CreditThresholds[Field] | null }

/** Thresholds stand under the company's setting `credit`, the make-up of the exposure under `creditExposure`. */
export const readCreditSettings = kept(async (reader: Reader): Promise<CreditSettings> => {
  const [checks, exposure] = await Promise.all([storedSettings(reader, 'credit'), storedSettings(reader, 'creditExposure')])
  const { orderHorizonDays = null, ...components } = {
    ...defaultExposureSettings,
    ...(exposure.value as Partial<ExposureSettings & { orderHorizonDays: number | null }>),
  }
  return {
    thresholds: thresholdsOf(checks.value as Stored),
    exposure: components,
    orderHorizonDays,
    version: checks.version,
    exposureVersion: exposure.version,
  }
})

/** In JSON a rule that is off is null. */
function thresholdsOf(stored: Stored): CreditThresholds {
  const merged: Record<string, unknown> = { ...defaultThresholds, ...stored }
  return Object.fromEntries(Object.entries(merged).map(([name, value]) => [name, value ?? undefined])) as CreditThresholds
}
