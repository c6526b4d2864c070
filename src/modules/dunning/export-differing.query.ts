import { PassThrough } from 'node:stream'
import { formatMinor } from '../../kernel/money.ts'
import { speak } from '../../kernel/phrase.ts'
import type { Caller } from '../../platform/caller.ts'
import type { Database, Reader } from '../../platform/db.ts'
import type { Cell } from '../../platform/files/export-table.ts'
import { writeXlsx } from '../../platform/files/xlsx-export.ts'
import type { Download } from '../../platform/http.ts'
import { word } from '../../platform/words.ts'
import { named, TRY_TIMEOUT_MS, triedLadders } from './try-on-history.query.ts'

/** Every customer that the draft of a ladder would have treated otherwise, as Excel: who, how, and what of theirs is overdue. Throws platform.notFound. */
export async function exportDiffering(db: Database, caller: Caller, ladderId: string, months: number): Promise<Download> {
  const say = (key: string): string => word(caller.language, `dunning.${key}`) ?? key
  const columns = [
    { title: say('tried.code'), kind: 'text' },
    { title: say('tried.customer'), kind: 'text' },
    { title: say('tried.difference'), kind: 'text', width: 40 },
    { title: `${say('tried.overdue')} ${caller.baseCurrency}`, kind: 'amount' },
  ] as const
  const rows = await db.read(caller, (reader) => rowsOf(reader, ladderId, months), { timeoutMs: TRY_TIMEOUT_MS })
  const content = new PassThrough()
  writeXlsx(content, { sheets: [{ name: say('tried.differing'), columns, rows }] }).catch((error: Error) => content.destroy(error))
  return {
    name: `${say('tried.differing')}.xlsx`,
    contentType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    content,
  }
}

async function rowsOf(reader: Reader, ladderId: string, months: number): Promise<readonly (readonly Cell[])[]> {
  const { language, baseCurrency } = reader.caller
  const { differing } = await triedLadders(reader, ladderId, months)
  return (await named(reader, differing)).map(({ code, name, difference, overdueBase }) => [
    code,
    name,
    speak(difference, (key, params) => word(language, key, params) ?? key),
    formatMinor(overdueBase, baseCurrency),
  ])
}
