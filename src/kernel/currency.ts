/** ISO 4217: active currencies by their number of minor units. Source: ISO 4217 list one. */
const BY_MINOR_UNITS: Readonly<Record<number, string>> = {
  0: 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF',
  2: 'AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XAD XCD XCG YER ZAR ZMW ZWG',
  3: 'BHD IQD JOD KWD LYD OMR TND',
  4: 'CLF UYW',
}

const UNITS: ReadonlyMap<string, number> = new Map(
  Object.entries(BY_MINOR_UNITS).flatMap(([units, codes]) => codes.split(' ').map((code) => [code, Number(units)] as const)),
)

export const currencies: readonly string[] = [...UNITS.keys()].sort()

export function isCurrency(code: string): boolean {
  return UNITS.has(code)
}

/** Decimals of an amount in this currency: 2 for CNY, 0 for JPY, 3 for KWD. Throws RangeError for an unknown code. */
export function minorUnits(currency: string): number {
  const units = UNITS.get(currency)
  if (units === undefined) throw new RangeError(`unknown currency: ${currency}`)
  return units
}
