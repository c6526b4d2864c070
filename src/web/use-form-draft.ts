import { useState } from 'react'
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

/** `form` names the form and, when it edits something, the document; `base` is the version it edits. */
export function useFormDraft<Values>(form: string, base = ''): FormDraft<Values> {
  const { person, company } = useSession()
  const [store] = useState(() => draftStore<Values>(window.localStorage, { companyId: company.id, personId: person.id }, form))
  const [own] = useState<{ id: string; values?: Values; sent?: Draft<Values>['sent'] }>(() => ({ id: uuid() }))
  const [offers, setOffers] = useState(() => store.list(Date.now()))
  const [offer] = offers
  const keep = () => {
    if (own.values === undefined) return
    store.write({ id: own.id, savedAt: Date.now(), values: own.values, base, ...(own.sent ? { sent: own.sent } : {}) })
  }
  return {
    offer,
    isStale: offer !== undefined && offer.base !== base,
    write: (values) => {
      own.values = values
      keep()
    },
    take: () => {
      if (!offer) return undefined
      Object.assign(own, { id: offer.id, values: offer.values, sent: offer.sent })
      setOffers([])
      return offer.values
    },
    discard: () => {
      if (offer) store.drop(offer.id)
      setOffers(offers.slice(1))
    },
    keyFor: (sent) => {
      const body = JSON.stringify(sent)
      if (own.sent?.body !== body) own.sent = { body, key: uuid() }
      keep()
      return own.sent.key
    },
    done: () => {
      store.drop(own.id)
      Object.assign(own, { id: uuid(), values: undefined, sent: undefined })
    },
  }
}
