import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { PaymentTerms } from '../../../modules/terms/payment-terms.ts'
import { previewTerms } from '../../../modules/terms/terms.api.ts'
import { type Answer, call } from '../../api.ts'
import type { ApiProblem } from '../../api-problem.ts'
import { useSession } from '../../session.tsx'
import { Amount } from '../../ui/amount.tsx'
import { AmountInput } from '../../ui/amount-input.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { DayInput } from '../../ui/day-input.tsx'
import { DayText } from '../../ui/day-text.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Panel } from '../../ui/panel.tsx'
import { Status } from '../../ui/status.tsx'
import { useWords } from '../../words.ts'

const ASKED = ['order', 'approval', 'delivery', 'acceptance', 'invoice', 'invoiceReceived', 'nextDelivery'] as const
type Asked = (typeof ASKED)[number]

/** When an amount would fall due under the terms as they stand in the form, by the company's calendar. */
export function TermsPreview({ definition }: { definition: PaymentTerms }) {
  const words = useWords('terms')
  const { company } = useSession()
  const [amount, setAmount] = useState('100000.00')
  const [dates, setDates] = useState<Partial<Record<Asked, string>>>({})
  const order = dates.order ?? company.today
  const asked = askedDays(definition)
  const known = Object.fromEntries(asked.flatMap((event) => (dates[event] ? [[event, dates[event]]] : [])))
  const body = { definition: definition as never, amount, currency: company.baseCurrency, dates: { ...known, order } }
  const found = useQuery<Answer<typeof previewTerms>, ApiProblem>({
    queryKey: [previewTerms.path, body],
    queryFn: ({ signal }) => call(previewTerms, { body, signal }),
    placeholderData: keepPreviousData,
    enabled: amount !== '' && order !== '',
  })
  return (
    <Panel title={words('preview.title')} sub={words('preview.sub')} flush>
      <div className="panel-body row wrap">
        <span style={{ width: 180 }}>
          <AmountInput value={amount} onChange={setAmount} aria-label={words('preview.amount')} />
        </span>
        {asked.map((event) => (
          <span key={event} className="row">
            <span className="secondary">{words(`base.${event}`)}</span>
            <DayInput
              value={event === 'order' ? order : (dates[event] ?? '')}
              onChange={(day) => setDates({ ...dates, [event]: day })}
              required={event === 'order'}
              aria-label={words(`base.${event}`)}
            />
          </span>
        ))}
      </div>
      <Loaded query={found} rows={2}>
        {({ parts }) => (
          <DataTable
            name="termsPreview"
            label={words('preview.title')}
            rows={parts}
            rowKey={(row) => `${row.name} ${row.contractDue}`}
            empty={<p className="panel-body secondary">–</p>}
            columns={[
              { key: 'name', title: words('partName'), render: (row) => row.name },
              { key: 'amount', title: words('preview.amount'), align: 'right', render: (row) => <Amount value={row.amount} strong /> },
              {
                key: 'baseOn',
                title: words('baseDate'),
                render: (row) => (
                  <span>
                    {words(`base.${row.baseEvent}`)} <DayText value={row.baseOn} />
                  </span>
                ),
              },
              { key: 'contractDue', title: words('preview.contractDue'), render: (row) => <DayText value={row.contractDue} /> },
              {
                key: 'effectiveDue',
                title: words('preview.effectiveDue'),
                render: (row) => (
                  <b>
                    <DayText value={row.effectiveDue} />
                  </b>
                ),
              },
              {
                key: 'estimated',
                title: '',
                render: (row) =>
                  row.estimated ? (
                    <>
                      <Status word="check" plain text={words('preview.estimated')} />
                      {row.unpublishedYear === null ? null : (
                        <div className="secondary small">{words('unpublishedYear', { year: row.unpublishedYear })}</div>
                      )}
                    </>
                  ) : null,
              },
            ]}
          />
        )}
      </Loaded>
    </Panel>
  )
}

/** The order's day, and every day that these terms count from. */
function askedDays({ parts }: PaymentTerms): Asked[] {
  const counted = new Set<string>(['order', ...parts.map(({ rule }) => rule.baseDate)])
  return ASKED.filter((event) => counted.has(event))
}
