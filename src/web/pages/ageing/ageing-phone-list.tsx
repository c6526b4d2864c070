import type { readAgeing } from '../../../modules/ageing/ageing.api.ts'
import type { Answer } from '../../api.ts'
import { paths } from '../../paths.ts'
import { AgeingStrip } from '../../ui/ageing-strip.tsx'
import { Amount } from '../../ui/amount.tsx'
import { PhoneList } from '../../ui/phone-list.tsx'
import { shareText } from '../../ui/share-text.ts'
import { phraseText, useWords } from '../../words.ts'
import { type AgeingValues, baseQuery, rowFilter } from './ageing-question.ts'

type Report = Answer<typeof readAgeing>

/** On a phone: name and total, the share that is overdue, the split; a touch leads one dimension deeper, and from a customer to its page. */
export function AgeingPhoneList({ report, values }: { report: Report; values: AgeingValues }) {
  const words = useWords('ageing')
  const dimension = report.by[0]!
  const name = (row: Report['items'][number]) => row.keys[0]!.name ?? words(`without.${dimension}`)
  return (
    <PhoneList
      rows={report.items}
      rowKey={(row) => row.keys[0]!.id ?? 'none'}
      phoneRow={(row) => {
        const share = shareText(row.overdue, row.total)
        return {
          title: name(row),
          amount: <Amount value={row.total} />,
          reason: share === undefined ? '–' : `${words('columns.overdueShare')} ${words('page.shareOf', { share })}`,
          mark: (
            <AgeingStrip
              small
              parts={report.buckets.map(({ label }, index) => ({
                label: phraseText(label as Parameters<typeof phraseText>[0]),
                amount: row.buckets[index]!,
              }))}
            />
          ),
        }
      }}
      to={(row) => {
        const { id } = row.keys[0]!
        if (dimension === 'customer' && id !== null) return paths.customer({ id })
        return paths.ageing({ ...baseQuery(values), ...rowFilter(dimension, id), by: 'customer' })
      }}
    />
  )
}
