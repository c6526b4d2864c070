import { parseMinor } from '../../../kernel/money.ts'
import type { Reader } from '../../../platform/db.ts'
import { standardSettings } from '../../company/setting-definitions.ts'
import { settingsOf } from '../../company/settings.query.ts'

/** What the company wants to reach; null = no target. `collectionsMinor`: money to come in a month, base currency. */
export type Targets = {
  readonly overdueShareBasisPoints: number | null
  readonly dsoDays: number | null
  readonly collectionsMinor: bigint | null
}

type Stored = Omit<Targets, 'collectionsMinor'> & { readonly collectionsPerMonth: string | null }

export async function readTargets(reader: Reader): Promise<Targets> {
  const { collectionsPerMonth, ...rest } = await settingsOf(reader, 'targets', standardSettings('targets') as Stored)
  const wanted = collectionsPerMonth === null ? undefined : parseMinor(collectionsPerMonth, reader.caller.baseCurrency)
  return { ...rest, collectionsMinor: wanted ?? null }
}
