import { Button } from 'antd'
import { changeLog } from '../../../modules/customers/customer-file.api.ts'
import { verifyCustomer } from '../../../modules/customers/customers.api.ts'
import { useAction, useApi } from '../../queries.ts'
import { useSession } from '../../session.tsx'
import { InstantText } from '../../ui/day-text.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { KeyValues } from '../../ui/key-values.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Note } from '../../ui/note.tsx'
import { Status } from '../../ui/status.tsx'
import { useWords } from '../../words.ts'
import type { Customer } from './customer-page.tsx'

const TAX = [
  'taxId',
  'invoiceTitle',
  'invoiceAddress',
  'invoicePhone',
  'bankName',
  'bankBranch',
  'bankAccount',
  'bankAccountName',
  'bankCode',
] as const
const OTHER = ['shortName', 'customerType', 'industry', 'class', 'country', 'address', 'phone', 'email', 'website', 'remark'] as const

/** The master data, how complete they are, when they were last looked at, and who changed them. */
export function ProfileTab({ customer }: { customer: Customer }) {
  const words = useWords('customers')
  const { may } = useSession()
  const verify = useAction(verifyCustomer)
  const { filled, of, missing, forInvoice, warnings } = customer.completeness
  const shown = (names: readonly (typeof TAX | typeof OTHER)[number][]) =>
    names.map((name) => [words(`fields.${name}`), customer[name]] as const)
  return (
    <div className="panel-body stack">
      {warnings.map((code) => (
        <Note key={code} tone="warning">
          {words(`problems.${code.split('.')[1]}`)}
        </Note>
      ))}
      <div className="row wrap">
        <Status word={missing.length === 0 ? 'complete' : 'incomplete'} text={words('completeness', { filled, of })} />
        {forInvoice ? null : <Status word="check" text={words('notForInvoice')} />}
        <span className="secondary grow">
          {missing.length > 0
            ? words('missing', { fields: missing.map((field) => words(`fields.${field}`)).join(words('shared:join.names')) })
            : ''}
        </span>
        <span className="secondary">{words('verifiedOn', { day: customer.verifiedOn ?? '–', due: customer.reviewDueOn ?? '–' })}</span>
        {may('customers.edit') ? (
          <Button
            size="small"
            loading={verify.isPending}
            onClick={() => verify.mutate({ params: { id: customer.id }, body: { version: customer.version } })}
          >
            {words('verify')}
          </Button>
        ) : null}
      </div>
      {verify.error ? <ErrorState problem={verify.error} /> : null}
      <div className="halves">
        {TAX.some((name) => customer[name]) ? <KeyValues rows={shown(TAX)} /> : null}
        <KeyValues
          rows={[
            ...shown(OTHER),
            [words('fields.tags'), customer.tags.join(' ')],
            [words('fields.buyerScale'), customer.buyerScale ? words(`buyerScales.${customer.buyerScale}`) : undefined],
            [words('fields.createdOn'), customer.createdOn],
          ]}
        />
      </div>
      <ChangeLog customerId={customer.id} />
    </div>
  )
}

function ChangeLog({ customerId }: { customerId: string }) {
  const words = useWords('customers')
  const { company } = useSession()
  const log = useApi(changeLog, { params: { id: customerId }, query: { limit: 20 } })
  return (
    <Loaded query={log}>
      {({ items }) => (
        <details>
          <summary className="secondary">{words('changeLog', { count: items.length })}</summary>
          <KeyValues
            rows={items.map((item) => [
              <InstantText key={item.id} value={item.at} timeZone={company.timeZone} />,
              `${words(`changes.${item.action.replace('.', '_')}`, { defaultValue: item.action })} ${differences(item.before, item.after)} · ${item.actorName ?? words('timeline.system')}`,
            ])}
          />
        </details>
      )}
    </Loaded>
  )
}

function differences(before: Record<string, unknown> | null, after: Record<string, unknown> | null): string {
  const show = (value: unknown) =>
    value === null || value === undefined || value === '' ? '–' : typeof value === 'object' ? JSON.stringify(value) : String(value)
  if (!before || !after) return ''
  return Object.keys(after)
    .map((name) => `${name}: ${show(before[name])} → ${show(after[name])}`)
    .join('; ')
}
