import { checkTaxId } from './tax-id.ts'

/** The fields of a customer that an invoice (开票资料) and a bank transfer need. */
const profileFields = ['taxId', 'invoiceTitle', 'invoiceAddress', 'invoicePhone', 'bankName', 'bankAccount', 'address', 'phone'] as const
type ProfileField = (typeof profileFields)[number]
export type Profile = { readonly [field in ProfileField]: string | null } & { readonly country: string | null }
/** `forInvoice`: an ordinary VAT invoice needs title and tax id; a special one (专用发票) usually also address, telephone, bank and account. */
export type Completeness = {
  readonly filled: number
  readonly of: number
  readonly missing: readonly ProfileField[]
  readonly forInvoice: boolean
  readonly warnings: readonly string[]
}

/** How complete the tax and bank profile is, and what to look at again. */
export function profileCompleteness(profile: Profile): Completeness {
  const missing = profileFields.filter((field) => !profile[field]?.trim())
  const taxId = profile.taxId ? checkTaxId(profile.taxId, profile.country) : undefined
  const warnings = [taxId?.refused, taxId?.warning].filter((code) => code !== undefined)
  return {
    filled: profileFields.length - missing.length,
    of: profileFields.length,
    missing,
    forInvoice: Boolean(profile.taxId && profile.invoiceTitle),
    warnings,
  }
}
