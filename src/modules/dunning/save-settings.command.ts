import { Problem } from '../../kernel/problem.ts'
import type { Tx } from '../../platform/db.ts'
import { saveSettings } from '../company/save-settings.command.ts'
import type { DunningSettings } from './dunning-settings.query.ts'

/** Throws dunning.hoursCrossed, platform.staleVersion. */
export async function saveDunningSettings(tx: Tx, { version, ...settings }: DunningSettings & { readonly version: number }): Promise<void> {
  if (settings.fromHour >= settings.untilHour) throw new Problem('dunning.hoursCrossed', {}, { path: 'untilHour' })
  await saveSettings(tx, 'dunning', settings, version)
}
