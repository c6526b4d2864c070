import type { Reader } from '../../platform/db.ts'
import { storedSettings } from '../company/settings.query.ts'
import { type CodeScheme, defaultCodeScheme } from './customer-code.ts'

export type CustomerSettings = { readonly codeScheme: CodeScheme; readonly reviewMonths: number; readonly version: number }
const REVIEW_MONTHS = 12

/** The company's choices, or the defaults (version 0) where it has made none. */
export async function readCustomerSettings(reader: Reader): Promise<CustomerSettings> {
  const { value, version } = (await storedSettings(reader, 'customers')) as { value: Partial<CustomerSettings>; version: number }
  return { codeScheme: { ...defaultCodeScheme, ...value.codeScheme }, reviewMonths: value.reviewMonths ?? REVIEW_MONTHS, version }
}
