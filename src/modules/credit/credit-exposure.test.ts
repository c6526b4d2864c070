import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { creditExposure, type ExposureInput } from './credit-exposure.ts'

const input: ExposureInput = {
  openOrders: 96_800_000n,
  deliveredNotInvoiced: 0n,
  notDue: 231_640_000n,
  overdue: 184_260_000n,
  disputed: 10_000_000n,
  bills: [
    { amount: 40_000_000n, weight: '1' },
    { amount: 100_000_000n, weight: '0.2' },
  ],
  unallocated: 5_000_000n,
}

describe('creditExposure', () => {
  test('components as on the order page', () => {
    const { components, total } = creditExposure(input)
    expect(components).toEqual({
      overdue: 184_260_000n,
      notDue: 231_640_000n,
      bills: 60_000_000n,
      deliveredNotInvoiced: 0n,
      openOrders: 96_800_000n,
      unallocated: 0n,
    })
    expect(total).toBe(572_700_000n)
  })
  test('unallocated money is deducted by setting', () => {
    expect(creditExposure(input, { includeDisputed: true, deductUnallocated: true }).total).toBe(567_700_000n)
  })
  test('disputed items are left out by setting', () => {
    expect(creditExposure(input, { includeDisputed: false, deductUnallocated: false }).components.overdue).toBe(174_260_000n)
  })
  test('the components add up and the total is never negative', () => {
    const amount = fc.bigInt({ min: 0n, max: 10n ** 13n })
    const any = fc.record({ openOrders: amount, deliveredNotInvoiced: amount, notDue: amount, overdue: amount, unallocated: amount })
    fc.assert(
      fc.property(any, fc.boolean(), (some, deductUnallocated) => {
        const { components, total } = creditExposure({ ...some, disputed: 0n, bills: [] }, { includeDisputed: true, deductUnallocated })
        expect(Object.values(components).reduce((a, b) => a + b, 0n)).toBe(total)
        expect(total >= 0n).toBe(true)
      }),
    )
  })
})
