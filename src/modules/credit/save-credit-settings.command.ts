import { Problem } from '../../kernel/problem.ts'
import type { Tx } from '../../platform/db.ts'
import { saveSettings } from '../company/save-settings.command.ts'
import type { CreditThresholds } from './credit-check.ts'
import type { ExposureSettings } from './credit-exposure.ts'

export type SettingsWanted = {
  readonly thresholds: { readonly [Field in keyof CreditThresholds]: CreditThresholds[Field] | null }
  readonly exposure: ExposureSettings
  readonly orderHorizonDays: number | null
  readonly version: number
  readonly exposureVersion: number
}

/** Saves how credit is checked. A line that warns must come before the one that holds. */
export async function saveCreditSettings(
  tx: Tx,
  { thresholds, exposure, orderHorizonDays, version, exposureVersion }: SettingsWanted,
): Promise<void> {
  refuseCrossed(thresholds.oldestOverdueWarnDays, thresholds.oldestOverdueHoldDays, 'thresholds.oldestOverdueWarnDays')
  refuseCrossed(thresholds.overdueShareWarnBasisPoints, thresholds.overdueShareHoldBasisPoints, 'thresholds.overdueShareWarnBasisPoints')
  await saveSettings(tx, 'credit', thresholds, version)
  await saveSettings(tx, 'creditExposure', { ...exposure, orderHorizonDays }, exposureVersion)
}

function refuseCrossed(warn: number | null | undefined, hold: number | null | undefined, path: string): void {
  if (typeof warn === 'number' && typeof hold === 'number' && warn > hold) throw new Problem('credit.warnAfterHold', {}, { path })
}
