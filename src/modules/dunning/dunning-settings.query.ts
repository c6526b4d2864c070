import type { Reader } from '../../platform/db.ts'
import { sql } from '../../platform/sql.ts'
import { storedSettings } from '../company/settings.query.ts'

/**
 * When dunning runs. `daily`: whenSending = on every working day while the company's sending is on; always = in test mode too; off = only when somebody starts it. Hours are those of the
 * company's day: the run starts from `fromHour` and no longer once it is `untilHour`. `mostContacts`: messages to one address within 7 days.
 */
export type DunningSettings = {
  readonly daily: 'whenSending' | 'always' | 'off'
  readonly fromHour: number
  readonly untilHour: number
  readonly mostContacts: number
}
const standardSettings: DunningSettings = { daily: 'whenSending', fromHour: 9, untilHour: 18, mostContacts: 2 }

export async function readDunningSettings(
  reader: Reader,
): Promise<DunningSettings & { readonly version: number; readonly sendingEnabled: boolean }> {
  const [stored, { sendingEnabled }] = await Promise.all([
    storedSettings(reader, 'dunning'),
    reader.one<{ sendingEnabled: boolean }>(sql`select t.sending_enabled from ar.tenants t where t.tenant_id = ${reader.caller.tenantId}`),
  ])
  return { ...standardSettings, ...(stored.value as Partial<DunningSettings>), version: stored.version, sendingEnabled }
}
