import type { Phrase } from '../../kernel/phrase.ts'
import { phraseText, type Words } from '../words.ts'

/**
 * Why an allocation or its undoing was made, in words of 'allocations'. A number that was not given yet when the reason was written is put in here; what an import brought is said to
 * be that.
 */
export function allocationReason(
  row: { readonly explanation: unknown; readonly how: string; readonly receivableNo: string | null; readonly reversesId: string | null },
  words: Words,
): string {
  const said = row.explanation as Phrase | null
  if (said === null) return row.reversesId === null ? words(`allocations:rules.name.${row.how}`) : words('allocations:mirror')
  if (row.how === 'import' && row.reversesId === null) return words('allocations:rules.name.import')
  return phraseText(said.params?.['no'] === '' ? { ...said, params: { ...said.params, no: row.receivableNo ?? '' } } : said)
}
