import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { checkOrder } from '../../../modules/orders/order-check.api.ts'
import { createOrder, editOrder, submitOrders } from '../../../modules/orders/orders.api.ts'
import { call } from '../../api.ts'
import { ApiProblem } from '../../api-problem.ts'
import { paths } from '../../paths.ts'
import { useAction } from '../../queries.ts'
import { type FormDraft, useFormDraft } from '../../use-form-draft.ts'
import { useWork } from '../../use-work.ts'
import { checkable, draftOf, linesWithoutProduct, type OrderCheckAnswer, type OrderForm } from './order-form.ts'

const TYPING_MS = 300
type Stored = { id: string; version: number }
/** What is kept of an order that is being written; `saved` where the server has it already, so that it is not created again. */
type KeptOrder = { form: OrderForm; saved?: Stored | undefined }

/** The order that is being written: its values, the live check of the server, saving and submitting. */
export function useOrderForm(initial: OrderForm, stored: Stored | undefined) {
  const [form, setForm] = useState(initial)
  const latest = useRef(initial)
  const { problem, busy, run } = useWork<'save' | 'submit'>()
  const navigate = useNavigate()
  const submit = useAction(submitOrders)
  const kept = useFormDraft<KeptOrder>(stored ? `order ${stored.id}` : 'order', stored ? `${stored.version}` : '')
  const { saved, setSaved, save } = useSaving(form, stored, kept)
  const check = useLiveCheck(form, saved?.id)
  const set = (change: Partial<OrderForm>) => {
    latest.current = { ...latest.current, ...change }
    setForm(latest.current)
    kept.write({ form: latest.current, saved })
  }
  const restore = (values: KeptOrder) => {
    latest.current = values.form
    setForm(values.form)
    if (values.saved && !stored) setSaved(values.saved)
  }
  const saveDraft = () =>
    run(async () => {
      const { id } = await save()
      kept.done()
      await navigate({ to: paths.editOrder({ id }), replace: true })
    }, 'save')
  const submitOrder = () =>
    run(async () => {
      const order = await save()
      await submit.mutateAsync({ body: { orders: [order] } })
      kept.done()
      await navigate({ to: paths.order({ id: order.id }) })
    }, 'submit')
  return { form, set, check, problem, busy, saved, kept, restore, saveDraft, submitOrder }
}

export type OrderFormState = ReturnType<typeof useOrderForm>

/** Creates the order at its first saving, changes it from then on; the same content is saved under the same key. */
function useSaving(form: OrderForm, stored: Stored | undefined, kept: FormDraft<KeptOrder>) {
  const [saved, setSaved] = useState(stored)
  const create = useAction(createOrder)
  const edit = useAction(editOrder)
  const save = async (): Promise<Stored> => {
    const unnamed = linesWithoutProduct(form.lines)
    if (unnamed.length > 0) throw new ApiProblem({ code: 'orders.lineWithoutProduct', status: 400, params: { line: unnamed[0]! } })
    const body = draftOf(form)
    if (!body) throw new ApiProblem({ code: 'orders.customerMissing', status: 400 })
    const sent = saved ? { version: saved.version, draft: body } : body
    const idempotencyKey = kept.keyFor(sent)
    const next = saved
      ? { id: saved.id, version: saved.version + 1 }
      : { id: (await create.mutateAsync({ body, idempotencyKey })).id, version: 1 }
    if (saved) await edit.mutateAsync({ params: { id: saved.id }, body: { version: saved.version, draft: body }, idempotencyKey })
    setSaved(next)
    kept.write({ form, saved: next })
    return next
  }
  return { saved, setSaved, save }
}

/** Asks the server when typing rests; the last answer stays until the next one comes. */
function useLiveCheck(form: OrderForm, orderId: string | undefined) {
  const [asked, setAsked] = useState(form)
  useEffect(() => {
    const timer = setTimeout(() => setAsked(form), TYPING_MS)
    return () => clearTimeout(timer)
  }, [form])
  const draft = draftOf(checkable(asked))
  return useQuery<OrderCheckAnswer, ApiProblem>({
    queryKey: [checkOrder.path, orderId, draft],
    queryFn: ({ signal }) => call(checkOrder, { body: { draft: draft!, ...(orderId ? { orderId } : {}) }, signal }),
    enabled: draft !== undefined,
    placeholderData: (before) => (before?.content['customerId'] === draft?.customerId ? before : undefined), // never another customer's credit
    staleTime: 0,
  })
}
