import { useNavigate, useParams } from '@tanstack/react-router'
import { readCustomer, updateCustomer } from '../../../modules/customers/customers.api.ts'
import type { Answer, BodyOf } from '../../api.ts'
import { paths } from '../../paths.ts'
import { useAction, useApi } from '../../queries.ts'
import { FormPage } from '../../ui/form-page.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { useFormDraft } from '../../use-form-draft.ts'
import { useWords } from '../../words.ts'
import { CustomerFields, type CustomerValues } from './customer-fields.tsx'

type Customer = Answer<typeof readCustomer>
type Changes = BodyOf<typeof updateCustomer>['changes']
const FIELDS = [
  'name',
  'shortName',
  'code',
  'customerType',
  'industry',
  'class',
  'buyerScale',
  'currency',
  'tags',
  'keyAccount',
  'taxId',
  'country',
  'invoiceTitle',
  'invoiceAddress',
  'invoicePhone',
  'bankName',
  'bankBranch',
  'bankAccount',
  'bankAccountName',
  'bankCode',
  'phone',
  'email',
  'website',
  'address',
  'remark',
] as const

/** Changes a customer. Only what differs is sent, so that a shortened telephone number is never saved over the real one. */
export function EditCustomerPage() {
  const { id } = useParams({ strict: false }) as { id: string }
  const customer = useApi(readCustomer, { params: { id } })
  return <Loaded query={customer}>{(data) => <EditForm key={data.version} customer={data} />}</Loaded>
}

function EditForm({ customer }: { customer: Customer }) {
  const words = useWords('customers')
  const navigate = useNavigate()
  const back = () => void navigate({ to: paths.customer({ id: customer.id }) })
  const draft = useFormDraft<CustomerValues>(`customer ${customer.id}`, `${customer.version}`)
  const update = useAction(updateCustomer, { onDone: back })
  const initial: CustomerValues = {
    ...Object.fromEntries(FIELDS.map((field) => [field, customer[field]])),
    parentId: customer.parent?.id ?? null,
    regionId: customer.region?.id ?? null,
  }
  return (
    <>
      <PageHead
        crumbs={[
          { label: words('title'), to: paths.customers() },
          { label: customer.code, to: paths.customer({ id: customer.id }) },
          { label: words('shared:edit') },
        ]}
        title={customer.name}
      />
      <FormPage<CustomerValues>
        initial={initial}
        onSubmit={(values) =>
          update.mutateAsync({
            params: { id: customer.id },
            body: { version: customer.version, changes: changed(initial, values), acceptSimilar: true },
          })
        }
        submitLabel={words('shared:save')}
        draft={draft}
        onCancel={back}
        consequence={customer.sensitiveShown ? words('editConsequence') : words('maskedConsequence')}
      >
        <CustomerFields isNew={false} id={customer.id} />
      </FormPage>
    </>
  )
}

function changed(before: CustomerValues, after: CustomerValues): Changes {
  const value = (field: CustomerValues[string]) => (field === '' || field === undefined ? null : field)
  const differs = Object.entries(after).filter(([name, now]) => JSON.stringify(value(before[name])) !== JSON.stringify(value(now)))
  return Object.fromEntries(differs.map(([name, now]) => [name, name === 'remark' ? (now ?? '') : value(now)])) as Changes
}
