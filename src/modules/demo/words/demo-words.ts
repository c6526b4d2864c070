import type { DemoProductCode } from '../demo-goods.ts'
import type { DemoPlace, DemoRegion } from '../demo-places.ts'
import type { DemoStaffKey, DemoTeam } from '../demo-staff.ts'

/** A town of a customer, in words: what stands in names and addresses. */
export type DemoTown = { readonly name: string; readonly province: string; readonly districts: readonly string[] }
/** The trade in a company's name, and the industry that goes with it. */
export type DemoTrade = { readonly word: string; readonly industry: string }
export type DemoLegalForm = 'limited' | 'shares' | 'liability' | 'group'
export type NoteKind = 'call' | 'visit' | 'meeting' | 'note' | 'event'

/**
 * Everything that the demo company says, in one language: names of people, customers and products, and what people write down. Lists from which chance picks are as long in every language, so that a
 * seed gives the same books in each: only the words differ. Brands are joined of two syllables; whoever bears such a name in the world is not meant.
 */
export type DemoWords = {
  readonly company: string
  readonly bank: string
  readonly accounts: Readonly<Record<'CNY' | 'USD' | 'EUR', string>>
  readonly largeReceipts: string
  readonly earlyTerms: string
  readonly teams: Readonly<Record<DemoTeam, string>>
  readonly staff: Readonly<Record<DemoStaffKey, string>>
  readonly regions: Readonly<Record<DemoRegion, string>>
  readonly towns: Readonly<Record<DemoPlace, DemoTown>>
  readonly streets: readonly string[]
  readonly address: (town: DemoTown, district: string, street: string, number: number) => string
  readonly brand: { readonly first: readonly string[]; readonly second: readonly string[] }
  readonly trades: readonly DemoTrade[]
  readonly legalForms: Readonly<Record<DemoLegalForm, string>>
  readonly companyName: (town: string, brand: string, trade: string, form: string) => string
  /** The same name as somebody in a hurry writes it: the town in brackets, the legal form shortened. */
  readonly hastyName: (name: string, town: string) => string
  readonly resaleIndustry: string
  readonly customerTypes: { readonly resale: string; readonly ownUse: string }
  readonly exportIndustry: string
  readonly exportTag: string
  readonly tags: readonly string[]
  readonly surnames: readonly string[]
  readonly givenNames: readonly string[]
  readonly personName: (given: string, surname: string) => string
  readonly jobs: readonly string[]
  readonly banks: readonly string[]
  readonly branches: readonly string[]
  readonly branchName: (bank: string, town: string, branch: string) => string
  readonly products: Readonly<Record<DemoProductCode, readonly [name: string, unit: string, category: string]>>
  readonly notes: readonly (readonly [NoteKind, string])[]
  readonly said: Readonly<Record<DemoSentence, string>>
  readonly released: readonly string[]
  readonly refused: readonly string[]
  readonly feedback: readonly string[]
  readonly openingNo: string
  readonly unknownPayer: (number: number) => string
  readonly files: DemoFileWords
}

/** What people give as the reason of a step, or write beside a document. */
export type DemoSentence =
  | 'openingBalance' | 'yearlyReview' | 'reviewed' | 'agreed' | 'temporaryLimit' | 'scheduledLimit' | 'pendingLimit' | 'unclear'
  | 'goods' | 'prepaid' | 'transferNote' | 'cheque' | 'typedAgain' | 'enteredTwice' | 'enteredTwiceReason' | 'urgentFreight' | 'afterSales' | 'thanked'
  | 'quantityDisputed' | 'rescheduled' | 'freightReference' | 'freight' | 'stopped' | 'resumed' | 'identified' | 'returned' | 'monthClosed' | 'cancelled' | 'firstBatch'
  | 'sameCompany' | 'reconciling' | 'plan' | 'creditNote' | 'creditNoteIssued' | 'saidReceived' | 'talkedInstead' | 'overdueView' // biome-ignore format: a list of words

/** Files that somebody brought in: their names, their first rows, and what stands in them. */
export type DemoFileWords = {
  readonly customers: { readonly name: string; readonly head: string; readonly made: readonly (readonly [name: string, industry: string])[]; readonly nameless: string }
  readonly products: { readonly name: string; readonly head: string; readonly rows: readonly (readonly [name: string, unit: string])[] }
  readonly openItems: { readonly name: string; readonly head: string; readonly stranger: string }
  readonly receipts: { readonly name: string; readonly head: string }
  readonly agreement: { readonly name: string; readonly text: string }
} // biome-ignore format: a file a line
