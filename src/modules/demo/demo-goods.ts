/** What machines, spare parts and services of the demo company, a maker of pumps and valves, cost with tax. */
const prices = {
  'P-050': '4860.00',
  'P-100': '11300.00',
  'P-150': '19775.00',
  'P-200': '38420.00',
  'PM-80': '16498.00',
  'PS-40': '6328.00',
  'PS-100': '14690.00',
  'PC-32': '9266.00',
  'PV-25': '12995.00',
  'V-080': '1243.00',
  'V-150': '2938.00',
  'VB-100': '5198.00',
  'VC-200': '3842.00',
  'VR-050': '1695.00',
  'S-3000': '168370.00',
  'S-5000': '286450.00',
  'C-15': '13560.00',
  'C-45': '29380.00',
  'K-SEAL': '452.00',
  'K-IMP': '1356.00',
  'K-BRG': '2260.00',
  'W-INST': '2120.00',
  'W-YEAR': '12720.00',
  'W-REP': '1590.00',
} as const
export type DemoProductCode = keyof typeof prices
export const demoCodes = Object.keys(prices) as DemoProductCode[]

/** Price with tax of a product. */
export function demoPrice(code: DemoProductCode): string {
  return prices[code]
}

/** Codes by what a customer of that size usually buys. */
export const usualGoods = {
  large: ['P-150', 'P-200', 'PM-80', 'S-3000', 'S-5000', 'C-45', 'VB-100', 'V-150', 'W-INST', 'W-YEAR'],
  middle: ['P-100', 'P-150', 'PM-80', 'PS-100', 'PC-32', 'C-15', 'V-150', 'VB-100', 'W-INST'],
  small: ['P-050', 'PS-40', 'V-080', 'VC-200', 'VR-050', 'K-SEAL', 'K-IMP', 'K-BRG', 'W-REP'],
} as const satisfies Record<string, readonly DemoProductCode[]>
