/** Whose drafts: one person in one company. Nobody else on this browser gets to see them. */
export type DraftOwner = { readonly companyId: string; readonly personId: string }

/** What a form held when it was last typed in. `base` is the version of the document it changes, '' for a new one. */
export type Draft<Values> = {
  readonly id: string
  readonly savedAt: number
  readonly values: Values
  readonly base: string
  /** A save that went out and was not answered: the same body is sent again under the same key, so that it cannot be saved twice. */
  readonly sent?: { readonly body: string; readonly key: string }
}
/** The part of the browser's storage that drafts need. */
export type DraftStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>

export type DraftStore<Values> = {
  /** Drafts that are still good, newest first. Expired and unreadable ones are dropped. */
  readonly list: (now: number) => Draft<Values>[]
  readonly write: (draft: Draft<Values>) => void
  readonly drop: (id: string) => void
}

const PREFIX = 'huikuan.draft.'
const KEPT_MS = 14 * 24 * 3_600_000
const DRAFTS_A_FORM = 5
const LONGEST_DRAFT = 200_000

/** 草稿: what somebody typed into one form, kept in this browser until it is saved, thrown away, two weeks old, or they sign out. A storage that refuses only forgets. */
export function draftStore<Values>(storage: DraftStorage, owner: DraftOwner, form: string): DraftStore<Values> {
  const prefix = `${ownPrefix(owner)}${form}.`
  const list = (now: number): Draft<Values>[] =>
    namesIn(storage, prefix)
      .flatMap((name) => {
        const draft = readDraft<Values>(storage, name)
        if (draft && draft.savedAt > now - KEPT_MS && draft.savedAt <= now) return [draft]
        forget(storage, name)
        return []
      })
      .sort((a, b) => b.savedAt - a.savedAt)
  return {
    list,
    write: (draft) => {
      const text = JSON.stringify(draft)
      if (text.length > LONGEST_DRAFT) return
      attempt(() => storage.setItem(prefix + draft.id, text))
      for (const old of list(draft.savedAt).slice(DRAFTS_A_FORM)) forget(storage, prefix + old.id)
    },
    drop: (id) => forget(storage, prefix + id),
  }
}

/** Drops the drafts of everybody, or of everybody but `except`: at sign-out, and when another person signs in. */
export function forgetDrafts(storage: DraftStorage, except?: DraftOwner): void {
  for (const name of namesIn(storage, PREFIX)) if (!except || !name.startsWith(ownPrefix(except))) forget(storage, name)
}

function ownPrefix({ companyId, personId }: DraftOwner): string {
  return `${PREFIX}${companyId}.${personId}.`
}

function namesIn(storage: DraftStorage, prefix: string): string[] {
  return (
    attempt(() => Array.from({ length: storage.length }, (_, i) => storage.key(i) ?? '').filter((name) => name.startsWith(prefix))) ?? []
  )
}

function readDraft<Values>(storage: DraftStorage, name: string): Draft<Values> | undefined {
  return attempt(() => {
    const read = JSON.parse(storage.getItem(name) ?? 'null') as Partial<Draft<Values>> | null
    return read && typeof read.id === 'string' && typeof read.savedAt === 'number' && read.values ? (read as Draft<Values>) : undefined
  })
}

function forget(storage: DraftStorage, name: string): void {
  attempt(() => storage.removeItem(name))
}

/** Private windows and full storages throw: what cannot be kept is not kept. */
function attempt<T>(act: () => T): T | undefined {
  try {
    return act()
  } catch {
    return undefined
  }
}
