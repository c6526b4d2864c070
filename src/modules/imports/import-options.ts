import type { Day } from '../../kernel/day.ts'

/** Fields whose words name something that the company keeps. */
export const namedFields = ['salesperson', 'terms', 'region'] as const
export type NamedField = (typeof namedFields)[number]
/** What the person decided for a word that was not found, or not found rightly: this one (`id`), or to leave it empty (null). */
export type NameChoice = { readonly field: NamedField; readonly value: string; readonly id: string | null }

/** What the person decides about the rows beside the mapping. */
export type ImportOptions = {
  /** Customers that are not there are created from the row. */
  readonly createCustomers: boolean
  /** Payment terms of customers that are created; null or left out: none. */
  readonly newTermsId?: string | null | undefined
  /** Regions that are not there are created from the row. */
  readonly createRegions: boolean
  /** Due days left empty follow from the customer's payment terms. */
  readonly dueFromTerms: boolean
  /** Nothing at all is brought in while one row is refused. */
  readonly wholeOnly: boolean
  /** Opening balances: the day they enter the books (go-live); set at the upload to the last month end before. What was issued after it enters on its own day. */
  readonly openingOn?: Day | undefined
  /** Opening balances below zero (红字, 预收): the customer's credit, not yet allocated, or refused. */
  readonly negatives: 'credit' | 'refuse'
  /** Receipts: history that is confirmed by the import; otherwise they wait for a second person. */
  readonly confirmReceipts: boolean
  /** Rates to the base currency for rows that name none: decimal text by ISO code. */
  readonly rates: readonly { readonly currency: string; readonly rate: string }[]
  readonly names: readonly NameChoice[]
}

export const defaultOptions: ImportOptions = {
  createCustomers: false,
  createRegions: false,
  dueFromTerms: true,
  wholeOnly: false,
  negatives: 'credit',
  confirmReceipts: false,
  rates: [],
  names: [],
}
