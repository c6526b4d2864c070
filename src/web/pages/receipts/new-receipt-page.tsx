import { useNavigate, useSearch } from '@tanstack/react-router'
import { App, Button, Form } from 'antd'
import { useRef, useState } from 'react'
import { editReceipt, getReceipt, recordReceipts } from '../../../modules/receipts/receipts.api.ts'
import type { Answer } from '../../api.ts'
import { paths } from '../../paths.ts'
import { useAction, useApi } from '../../queries.ts'
import { useSession } from '../../session.tsx'
import { FormPage } from '../../ui/form-page.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { type FormDraft, useFormDraft } from '../../use-form-draft.ts'
import { useWords } from '../../words.ts'
import { CheckNotes, useReceiptCheck } from './receipt-check.tsx'
import { MoneyFields, PayerFields } from './receipt-fields.tsx'
import { atTheForm, nextValues, type ReceiptValues, receiptBody } from './receipt-form.ts'

/** 收款登记; with ?draft=… the same form changes that draft. */
export function NewReceiptPage() {
  const { draft, customerId, orderId } = useSearch({ strict: false }) as Record<string, string | undefined>
  const { company } = useSession()
  const query = useApi(getReceipt, { params: { id: draft ?? '' } }, { enabled: draft !== undefined })
  const fresh: ReceiptValues = {
    currency: company.baseCurrency,
    receivedOn: company.today,
    amount: '',
    customerId: customerId ?? null,
    orderId: orderId ?? null,
  }
  if (draft === undefined) return <ReceiptForm initial={fresh} />
  return <Loaded query={query}>{(receipt) => <ReceiptForm initial={valuesOf(receipt)} draft={receipt} />}</Loaded>
}

type Draft = Answer<typeof getReceipt>

/** Saved over the version that it began with, whatever is read anew meanwhile: what somebody else has changed is refused, not written over. */
function ReceiptForm({ initial, draft: given }: { initial: ReceiptValues; draft?: Draft }) {
  const [draft] = useState(given)
  const words = useWords('receipts')
  const navigate = useNavigate()
  const { message } = App.useApp()
  const [form] = Form.useForm<ReceiptValues>()
  const [values, setValues] = useState(initial)
  const [accepted, setAccepted] = useState(false)
  const goOn = useRef(false)
  const check = useReceiptCheck(values, draft?.id)
  const likely = check?.duplicates.map(({ id }) => id).join()
  const [seen, setSeen] = useState(likely)
  if (likely !== undefined && likely !== seen) {
    setSeen(likely)
    setAccepted(false) // it was said of other receipts
  }
  const kept = useFormDraft<ReceiptValues>(draft ? `receipt ${draft.id}` : 'receipt', draft ? `${draft.version}` : '')
  const save = useSave(draft, kept)
  const submit = async (given: ReceiptValues) => {
    const id = await save(given, accepted)
    setAccepted(false)
    if (!goOn.current) return navigate({ to: paths.receipt({ id }) })
    message.success(words('form.savedNext'))
    form.setFieldsValue({ ...emptied, ...nextValues(given) })
    setValues(nextValues(given))
    return undefined
  }
  const saveNext = () => {
    goOn.current = true
    form.submit()
  }
  const changed = (all: ReceiptValues) => {
    goOn.current = false
    setValues({ ...values, ...all })
  }
  return (
    <div className="form-width">
      <PageHead
        crumbs={[{ label: words('title'), to: paths.receipts() }, { label: draft?.no ?? words('newTitle') }]}
        title={draft ? words('editTitle', { no: draft.no ?? '' }) : words('newTitle')}
      />
      <FormPage<ReceiptValues>
        form={form}
        initial={initial}
        onChange={(_, all) => changed(all)}
        onSubmit={submit}
        submitLabel={words('form.save')}
        onCancel={() => void navigate({ to: draft ? paths.receipt({ id: draft.id }) : paths.receipts() })}
        otherActions={draft ? null : <Button onClick={saveNext}>{words('form.saveNext')}</Button>}
        consequence={words('form.consequence')}
        draft={kept}
      >
        <PayerFields
          values={values}
          onCustomer={(customerId) => {
            form.setFieldValue('customerId', customerId)
            setValues((before) => ({ ...before, customerId }))
          }}
        />
        <MoneyFields values={values} />
        <CheckNotes check={check} accepted={accepted} onAccept={setAccepted} />
      </FormPage>
    </div>
  )
}

/** Saves as a new receipt or over the draft; gives the id. */
function useSave(
  draft: Draft | undefined,
  { keyFor }: FormDraft<ReceiptValues>,
): (values: ReceiptValues, acceptDuplicates: boolean) => Promise<string> {
  const { company } = useSession()
  const record = useAction(recordReceipts)
  const edit = useAction(editReceipt)
  return async (values, acceptDuplicates) => {
    const body = receiptBody(values, company.baseCurrency)
    const sent = draft ? { ...body, version: draft.version } : { receipts: [body], acceptDuplicates }
    const idempotencyKey = keyFor(sent)
    try {
      if (!draft) return (await record.mutateAsync({ body: { receipts: [body], acceptDuplicates }, idempotencyKey })).ids[0]!
      await edit.mutateAsync({ params: { id: draft.id }, body: { ...body, version: draft.version }, idempotencyKey })
      return draft.id
    } catch (error) {
      throw atTheForm(error)
    }
  }
}

const emptied = { customerId: null, orderId: null, payerName: '', payerAccount: '', reference: '', channelTx: '', remark: '', rate: '' }

function valuesOf(draft: Draft): ReceiptValues {
  const {
    customerId,
    orderId,
    currency,
    rate,
    amount,
    fee,
    receivedOn,
    methodId,
    bankAccountId,
    payerName,
    payerAccount,
    reference,
    channelTx,
    remark,
  } = draft
  return {
    customerId,
    orderId,
    currency,
    rate,
    amount,
    fee,
    receivedOn,
    methodId,
    bankAccountId,
    payerName,
    payerAccount,
    reference,
    channelTx,
    remark,
  }
}
