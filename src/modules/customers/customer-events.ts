/**
 * A customer that has just been created. `termsId`: its payment terms from the first day, or null for the company's usual ones. `firstLimitBase`: the credit limit that
 * was asked for with it, minor units of the base currency.
 */
export type CreatedCustomer = {
  readonly id: string
  readonly parentId: string | null
  readonly termsId: string | null
  readonly firstLimitBase?: bigint
}
/** Customers have come in, by hand or by import. Handlers: open their credit accounts, ask for their limits, note their terms. */
export type CustomersCreated = { readonly type: 'customers.created'; readonly customers: readonly CreatedCustomer[] }

/** Customers have another parent (or none). The handler in credit refuses circles and groups that are too deep, and moves the counters. At most one move a transaction touches one group. */
export type CustomersMoved = {
  readonly type: 'customers.moved'
  readonly moves: readonly { readonly customerId: string; readonly parentId: string | null }[]
}

/** Customers have another salesperson. With `moveReceivables` their open receivables change hands too: pair entries of kind 'reassigned'. */
export type CustomersReassigned = {
  readonly type: 'customers.reassigned'
  readonly customers: readonly { readonly id: string; readonly from: string | null; readonly to: string | null }[]
  readonly moveReceivables: boolean
  readonly reason: string
}

/**
 * What a merge took along, by kind of document: the ids that each handler moved. Stored in customer_merges.moved, handed back to the same handlers at undo.
 * A handler writes its own list only.
 */
export type MovedDocuments = {
  contacts?: readonly string[]
  orders?: readonly string[]
  receivables?: readonly string[]
  receipts?: readonly string[]
  dunningCases?: readonly string[]
  dunningBlocks?: readonly string[]
}

/**
 * One customer goes into another (both locked). A handler moves its open documents from `fromId` to `intoId`, with counters (changeExposure) and pair entries,
 * and puts their ids into `moved`; the command refuses the merge when something open is left behind. Undo gives `moved` back: what has been settled since stays.
 */
export type CustomersMerged = {
  readonly type: 'customers.merged'
  readonly mergeId: string
  readonly fromId: string
  readonly intoId: string
  readonly moved: MovedDocuments
}
export type CustomersUnmerged = {
  readonly type: 'customers.unmerged'
  readonly mergeId: string
  readonly fromId: string
  readonly intoId: string
  readonly moved: Readonly<MovedDocuments>
}

export type CustomerEvent = CustomersCreated | CustomersMoved | CustomersReassigned | CustomersMerged | CustomersUnmerged
