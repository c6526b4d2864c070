import { parseDay } from '../../src/kernel/day.ts'
import { ageingDimensions } from '../../src/modules/ageing/ageing.api.ts'
import { type Command, WrongUse } from './command.ts'
import { tableLines } from './table-lines.ts'

type Bucket = { key: string; from: string | null; until: string | null }
type Row = {
  keys: { name: string | null; code: string | null }[]
  buckets: string[]
  total: string
  overdue: string
  unallocated: string | null
}
type Ageing = {
  asOf: string
  basis: string
  currency: string
  buckets: Bucket[]
  items: Row[]
  totals: Omit<Row, 'keys'>
  nextCursor: string | null
  tieOut: { ledger: string; account1122: string; difference: string } | null
}

const PAGE = '200'

/** The ageing as the page shows it, all rows. */
export const ageingCommand: Command = {
  name: 'ageing',
  summary: 'who owes what since when, with the proof that it equals the ledger; exit 1 where it does not',
  needsKey: true,
  args: [],
  options: {
    'as-of': { value: 'DAY', meaning: 'as of the end of this day, like 2026-10-31 (today)' },
    by: {
      value: 'DIMENSION',
      multiple: true,
      meaning: `${ageingDimensions.join(', ')}; or two of them: --by customer --by region (customer)`,
    },
    basis: { value: 'due|issued', meaning: 'age counted from the due day or from the day of issue (as set for the company)' },
  },
  run: async ({ values, api }) => {
    const by = ((values['by'] as string[] | undefined) ?? ['customer']).flatMap((one) => one.split(','))
    const wrong = by.find((one) => !ageingDimensions.some((dimension) => dimension === one))
    if (wrong !== undefined || by.length > 2 || new Set(by).size < by.length)
      throw new WrongUse(`--by takes one or two of ${ageingDimensions.join(', ')}.`)
    const basis = values['basis'] as string | undefined
    if (basis !== undefined && basis !== 'due' && basis !== 'issued') throw new WrongUse('--basis is due or issued.')
    const asOf = values['as-of'] as string | undefined
    if (asOf !== undefined && parseDay(asOf) === undefined)
      throw new WrongUse(`--as-of takes a day of the calendar as YYYY-MM-DD, like 2026-10-31, not ${asOf}.`)
    const query = { asOf, basis, by, limit: PAGE }
    const first = await api.get<Ageing>('/api/ageing', query)
    const items = [...first.items]
    for (let cursor = first.nextCursor; cursor !== null; ) {
      const page = await api.get<Ageing>('/api/ageing', { ...query, cursor })
      items.push(...page.items)
      cursor = page.nextCursor
    }
    return {
      lines: [...table({ ...first, items }), ...proof(first)],
      data: { ...first, items, nextCursor: null },
      failed: first.tieOut !== null && Number(first.tieOut.difference) !== 0,
    }
  },
}

function table({ asOf, basis, currency, buckets, items, totals }: Ageing): string[] {
  const head = ['', ...buckets.map((bucket) => bucket.key), 'total', 'unallocated']
  const cells = (row: Omit<Row, 'keys'>) => [...row.buckets, row.total, row.unallocated ?? '']
  const rows = items.map((row) => [row.keys.map((key) => key.name ?? key.code ?? '-').join(' / '), ...cells(row)])
  return [`Ageing as of ${asOf}, by ${basis} day, ${currency}`, ...tableLines([head, ...rows, ['total', ...cells(totals)]])]
}

function proof({ tieOut }: Ageing): string[] {
  return tieOut === null ? [] : [`ledger ${tieOut.ledger} = account 1122 ${tieOut.account1122}, difference ${tieOut.difference}`]
}
