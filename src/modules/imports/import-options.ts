import type { Day } from '../../kernel/day.ts'

/** What the person decides about the rows beside the mapping. */
export type ImportOptions = {
  /** Customers that are not there are created from the row. */
  readonly createCustomers: boolean
  /** Regions that are not there are created from the row. */
  readonly createRegions: boolean
  /** Due days left empty follow from the customer's payment terms. */
  readonly dueFromTerms: boolean
  /** Nothing at all is brought in while one row is refused. */
  readonly wholeOnly: boolean
  /** Opening balances: the day they enter the books (go-live); today unless said. Their issue day may not be after it. */
  readonly openingOn?: Day | undefined
  /** Receipts: history that is confirmed by the import; otherwise they wait for a second person. */
  readonly confirmReceipts: boolean
  /** Rates to the base currency for rows that name none: decimal text by ISO code. */
  readonly rates: readonly { readonly currency: string; readonly rate: string }[]
}

export const defaultOptions: ImportOptions = {
  createCustomers: false,
  createRegions: false,
  dueFromTerms: true,
  wholeOnly: false,
  confirmReceipts: false,
  rates: [],
}
