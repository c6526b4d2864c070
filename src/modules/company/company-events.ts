/** A company has been founded: each module adds what it starts with (chart of accounts, payment methods, approval rules …). */
export type CompaniesFounded = { readonly type: 'companies.founded'; readonly companies: readonly FoundedCompany[] }
type FoundedCompany = {
  readonly tenantId: number
  readonly entityId: string
  readonly baseCurrency: string
  readonly language: string
  readonly administratorId: string
}
