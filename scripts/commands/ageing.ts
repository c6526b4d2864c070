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
  summary: `who owes what since when, cut by ${ageingDimensions.join(', ')} (two of them: --by customer --by region)`,
  args: [],
  options: { 'as-of': { type: 'string' }, by: { type: 'string', multiple: true }, basis: { type: 'string' } },
  run: async ({ values, api }) => {
    const by = (values['by'] as string[] | undefined) ?? ['customer']
    const wrong = by.find((one) => !ageingDimensions.some((dimension) => dimension === one))
    if (wrong !== undefined || by.length > 2) throw new WrongUse(`--by takes one or two of ${ageingDimensions.join(', ')}.`)
    const basis = values['basis'] as string | undefined
    if (basis !== undefined && basis !== 'due' && basis !== 'issued') throw new WrongUse('--basis is due or issued.')
    const query = { asOf: values['as-of'] as string | undefined, basis, by, limit: PAGE }
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
