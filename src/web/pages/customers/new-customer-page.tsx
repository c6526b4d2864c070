import { useNavigate } from '@tanstack/react-router'
import { Checkbox } from 'antd'
import { useState } from 'react'
import { createCustomer } from '../../../modules/customers/customers.api.ts'
import type { BodyOf } from '../../api.ts'
import { ApiProblem } from '../../api-problem.ts'
import { paths } from '../../paths.ts'
import { useAction } from '../../queries.ts'
import { useSession } from '../../session.tsx'
import { FormPage } from '../../ui/form-page.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { useFormDraft } from '../../use-form-draft.ts'
import { useWords } from '../../words.ts'
import { CustomerFields, type CustomerValues } from './customer-fields.tsx'

/** A new customer: with its credit account and, when given, its terms, first contact and the credit limit asked for. A customer of the same name asks once. */
export function NewCustomerPage() {
  const words = useWords('customers')
  const navigate = useNavigate()
  const { company } = useSession()
  const [similar, setSimilar] = useState(false)
  const [accepted, setAccepted] = useState(false)
  const draft = useFormDraft<CustomerValues>('customer')
  const create = useAction(createCustomer, { onDone: ({ id }) => void navigate({ to: paths.customer({ id }) }) })
  const submit = async (values: CustomerValues) => {
    const { contactName, contactPhone, ...fields } = filled(values)
    const contact = contactName ? { contact: { name: contactName, ...(contactPhone ? { phone: contactPhone } : {}) } } : {}
    const body = { ...fields, ...contact, acceptSimilar: accepted } as unknown as BodyOf<typeof createCustomer>
    try {
      await create.mutateAsync({ body, idempotencyKey: draft.keyFor(body) })
    } catch (error) {
      if (error instanceof ApiProblem && error.code.startsWith('customers.same')) setSimilar(true)
      throw error
    }
  }
  return (
    <>
      <PageHead crumbs={[{ label: words('title'), to: paths.customers() }, { label: words('new') }]} title={words('new')} />
      <FormPage<CustomerValues>
        initial={{ currency: company.baseCurrency, keyAccount: false }}
        onSubmit={submit}
        onChange={(changed) => {
          if (!('name' in changed || 'taxId' in changed)) return
          setSimilar(false) // accepted was another name
          setAccepted(false)
        }}
        submitLabel={words('shared:save')}
        draft={draft}
        onCancel={() => void navigate({ to: paths.customers() })}
        consequence={
          similar ? (
            <Checkbox checked={accepted} onChange={(event) => setAccepted(event.target.checked)}>
              {words('acceptSimilar')}
            </Checkbox>
          ) : (
            words('newConsequence')
          )
        }
      >
        <CustomerFields isNew />
      </FormPage>
    </>
  )
}

/** Only what has been filled in: an empty field is no value. */
function filled(values: CustomerValues): CustomerValues {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined && value !== null && value !== ''))
}
