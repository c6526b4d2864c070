import { formatMinor } from '../../kernel/money.ts'
import { Problem } from '../../kernel/problem.ts'
import type { Reader } from '../../platform/db.ts'
import type { ExportSheet } from '../../platform/files/xlsx-export.ts'
import { word } from '../../platform/words.ts'
import { ageingItems } from './ageing-items.query.ts'
import { ageingQuestion } from './ageing-question.query.ts'

/** Documents of one export. */
const ITEMS_MOST = 100_000

/** The documents behind a figure, as a sheet; their sum last. Throws ageing.tooManyToExport: a part would not be the figure. */
export async function itemsTable(
  reader: Reader,
  query: Parameters<typeof ageingQuestion>[1] & { readonly bucket?: string | undefined },
): Promise<ExportSheet> {
  const { question, ranges } = await ageingQuestion(reader, query)
  const range = ranges.find(({ key }) => key === query.bucket)
  const { items, sum, total } = await ageingItems(reader, question, { limit: ITEMS_MOST, range })
  if (total > ITEMS_MOST) throw new Problem('ageing.tooManyToExport', { count: total, most: ITEMS_MOST })
  const currency = question.currency ?? reader.caller.baseCurrency
  const title = (key: string) => word(reader.caller.language, `ageing.items.${key}`) ?? key
  return {
    name: title('title'),
    columns: [
      { title: title('no'), kind: 'text' },
      { title: title('customerCode'), kind: 'text' },
      { title: title('customer'), kind: 'text', width: 28 },
      { title: title('salesperson'), kind: 'text' },
      { title: title('issuedOn'), kind: 'day' },
      { title: title('dueOn'), kind: 'day' },
      { title: title('overdueDays'), kind: 'integer' },
      { title: title('currency'), kind: 'text' },
      { title: title('amount'), kind: 'amount' },
      { title: `${title('open')} (${currency})`, kind: 'amount' },
    ],
    rows: [
      ...items.map((item) => [
        item.no,
        item.customerCode,
        item.customerName,
        item.salespersonName,
        item.issuedOn,
        item.dueOn,
        item.overdueDays,
        item.currency,
        formatMinor(item.amount, item.currency),
        formatMinor(item.open, currency),
      ]),
      [title('sum'), null, null, null, null, null, null, null, null, formatMinor(sum, currency)],
    ],
  }
}
