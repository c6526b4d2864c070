import { type BoundRoute, read, write } from '../../platform/http.ts'
import type { BaseDates } from './due-date.ts'
import { removeCalendarDay, saveCalendarDay } from './edit-calendar.command.ts'
import { createTerms, updateTerms } from './edit-terms.command.ts'
import type { PaymentTerms } from './payment-terms.ts'
import { removeCustomerTerms, setCustomerTerms } from './set-customer-terms.command.ts'
import * as api from './terms.api.ts'
import { customerTerms, listTerms, previewTerms, readCalendar, readTerms, withSentence } from './terms.query.ts'

const OK = { ok: true } as const

export const termsHttp: readonly BoundRoute[] = [
  read(api.listTerms, (reader, { query }) => listTerms(reader, query.status)),
  read(api.readCalendar, (reader, { query }) => readCalendar(reader, query.year)),
  read(api.readTerms, async (reader, { params }) => withSentence((await readTerms(reader, [params.id])).get(params.id)!)),
  read(api.previewTerms, (reader, { body }) =>
    previewTerms(reader, { ...body, definition: body.definition as PaymentTerms | undefined, dates: body.dates as BaseDates }),
  ),
  write(api.createTerms, async (tx, { body }) => {
    const [id] = await createTerms(tx, [{ ...body, definition: body.definition as PaymentTerms }])
    return { id: id! }
  }),
  write(api.updateTerms, async (tx, { params, body: { version, ...wanted } }) => {
    await updateTerms(tx, params.id, version, { ...wanted, definition: wanted.definition as PaymentTerms })
    return OK
  }),
  write(api.saveCalendarDay, async (tx, { params, body: { version, ...day } }) => {
    await saveCalendarDay(tx, { onDay: params.onDay, ...day }, version)
    return OK
  }),
  write(api.removeCalendarDay, async (tx, { params }) => {
    await removeCalendarDay(tx, params.onDay)
    return OK
  }),
  read(api.customerTerms, (reader, { params }) => customerTerms(reader, params.id)),
  write(api.setCustomerTerms, async (tx, { params, body }) => {
    const [id] = await setCustomerTerms(tx, [{ customerId: params.id, ...body }])
    return { id: id! }
  }),
  write(api.removeCustomerTerms, async (tx, { params }) => {
    await removeCustomerTerms(tx, params.id, params.termsRowId)
    return OK
  }),
]
