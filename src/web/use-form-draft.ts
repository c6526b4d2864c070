import { useRef, useState } from 'react'
import { uuid } from '../kernel/uuid.ts'
import { type Draft, draftStore } from './drafts.ts'
import { useSession } from './session.tsx'

/** The draft of one opening of a form: written on every change, offered at the next opening, gone once it is saved. */
export type FormDraft<Values> = {
  /** The newest draft somebody left in this form. */
  readonly offer: Draft<Values> | undefined
  readonly isStale: boolean
  readonly write: (values: Values) => void
  /** Makes the offered draft this opening's own and gives its values. */
  readonly take: () => Values | undefined
  readonly discard: () => void
  /** The key under which this body is to be saved; the same body keeps its key until it was saved. */
  readonly keyFor: (body: unknown) => string
  readonly done: () => void
}

/** What this opening has written. */
type Own<Values> = { id: string | undefined; values?: Values; sent?: Draft<Values>['sent'] }

/** `form` names the form and, when it edits something, the document; `base` is the version it edits. */
export function useFormDraft<Values>(form: string, base = ''): FormDraft<Values> {
  const { person, company } = useSession()
  const [store] = useState(() => draftStore<Values>(window.localStorage, { companyId: company.id, personId: person.id }, form))
  const own = useRef<Own<Values>>({ id: undefined })
  const [offers, setOffers] = useState(() => store.list(Date.now()))
  const [offer] = offers
  const keep = () => {
    own.current.id ??= uuid()
    const { id, values, sent } = own.current
    if (values !== undefined) store.write({ id, savedAt: Date.now(), values, base, ...(sent ? { sent } : {}) })
  }
  return {
    offer,
    isStale: offer !== undefined && offer.base !== base,
    write: (values) => {
      own.current.values = values
      keep()
    },
    take: () => {
      if (!offer) return undefined
      own.current = { id: offer.id, values: offer.values, ...(offer.sent ? { sent: offer.sent } : {}) }
      setOffers([])
      return offer.values
    },
    discard: () => {
      if (offer) store.drop(offer.id)
      setOffers(offers.slice(1))
    },
    keyFor: (sent) => {
      const body = JSON.stringify(sent)
      const saving = own.current.sent?.body === body ? own.current.sent : { body, key: uuid() }
      own.current.sent = saving
      keep()
      return saving.key
    },
    done: () => {
      if (own.current.id !== undefined) store.drop(own.current.id)
      own.current = { id: undefined }
    },
  }
}
