/** Money that is not allocated stands against what is open, so it is shown below zero; it is never netted. Decimal text; zero stays zero. */
export function negated(amount: string): string {
  if (/^-?0(\.0*)?$/.test(amount)) return amount
  return amount.startsWith('-') ? amount.slice(1) : `-${amount}`
}
