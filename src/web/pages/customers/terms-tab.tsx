import { Button, Form } from 'antd'
import type { Phrase } from '../../../kernel/phrase.ts'
import type { PaymentTerms } from '../../../modules/terms/payment-terms.ts'
import { customerTerms, removeCustomerTerms, setCustomerTerms } from '../../../modules/terms/terms.api.ts'
import { useAction, useApi } from '../../queries.ts'
import { useSession } from '../../session.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { DayInput } from '../../ui/day-input.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { PaymentLawNote } from '../../ui/payment-law-note.tsx'
import { phraseText, useWords } from '../../words.ts'
import { TermsChoice } from './choices.tsx'

/** Payment terms by the day they take effect, the sentence of today's, and a line to set the next ones. */
export function TermsTab({ customerId }: { customerId: string }) {
  const words = useWords('customers')
  const { may, company } = useSession()
  const terms = useApi(customerTerms, { params: { id: customerId } })
  const set = useAction(setCustomerTerms)
  const remove = useAction(removeCustomerTerms)
  const problem = set.error ?? remove.error
  return (
    <Loaded query={terms}>
      {({ now, history }) => (
        <>
          {now ? (
            <p className="panel-body">{now.sentence.map((said) => phraseText(said as Phrase)).join(words('shared:join.clauses'))}</p>
          ) : null}
          {now ? <PaymentLawNote customerId={customerId} terms={now.definition as PaymentTerms} signedOn={company.today} /> : null}
          <DataTable
            name="customerTerms"
            label={words('tabs.terms')}
            rows={history}
            rowKey={(row) => row.id ?? row.termsId}
            empty={<EmptyState title={words('terms.none')} text={words('terms.noneHelp')} />}
            columns={[
              { key: 'name', title: words('fields.terms'), render: (row) => row.name },
              { key: 'from', title: words('limits.from'), width: 130, render: (row) => row.effectiveFrom ?? words('terms.fromStart') },
              { key: 'setBy', title: words('limits.who'), width: 130, render: (row) => row.setBy ?? '–' },
              {
                key: 'remove',
                title: '',
                width: 80,
                render: (row) =>
                  row.id && row.effectiveFrom && row.effectiveFrom > company.today && may('customers.edit') ? (
                    <Button
                      size="small"
                      danger
                      type="link"
                      onClick={() => remove.mutate({ params: { id: customerId, termsRowId: row.id ?? '' } })}
                    >
                      {words('terms.takeBack')}
                    </Button>
                  ) : null,
              },
            ]}
          />
          {may('customers.edit') ? (
            <Form
              className="panel-body"
              layout="inline"
              initialValues={{ effectiveFrom: company.today }}
              onFinish={(body) => set.mutate({ params: { id: customerId }, body })}
            >
              <Form.Item name="termsId" rules={[{ required: true, message: words('shared:form.required') }]}>
                <TermsChoice placeholder={words('fields.terms')} className="wide-choice" aria-label={words('fields.terms')} />
              </Form.Item>
              <Form.Item name="effectiveFrom" label={words('limits.from')}>
                <DayInput required earliest={company.today} />
              </Form.Item>
              <Form.Item>
                <Button htmlType="submit" loading={set.isPending}>
                  {words('terms.set')}
                </Button>
              </Form.Item>
            </Form>
          ) : null}
          {problem ? <ErrorState problem={problem} /> : null}
        </>
      )}
    </Loaded>
  )
}
