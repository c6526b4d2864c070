/** 客户编码规则: an automatic code is prefix + number with leading zeros; a code typed by hand must match `pattern` when one is set. */
export type CodeScheme = { readonly automatic: boolean; readonly prefix: string; readonly digits: number }
export const defaultCodeScheme: CodeScheme = { automatic: true, prefix: 'C-', digits: 5 }

/** The code of the customer with this number: 'C-00217'. */
export function customerCode(scheme: CodeScheme, no: bigint): string {
  return `${scheme.prefix}${no.toString().padStart(scheme.digits, '0')}`
}
