import { expect, test } from 'vitest'
import { profileCompleteness } from './profile-completeness.ts'

const full = {
  taxId: '91350100M000100Y43',
  invoiceTitle: 'A',
  invoiceAddress: 'B',
  invoicePhone: '1',
  bankName: 'C',
  bankAccount: '2',
  address: 'D',
  phone: '3',
  country: 'CN',
}

test('a full profile misses nothing', () => {
  expect(profileCompleteness(full)).toEqual({ filled: 8, of: 8, missing: [], forInvoice: true, warnings: [] })
})
test('what is missing is named, and a wrong code from an old system is shown', () => {
  const found = profileCompleteness({ ...full, taxId: '91350100M000100Y44', bankAccount: ' ', phone: null })
  expect(found).toMatchObject({ filled: 6, missing: ['bankAccount', 'phone'], warnings: ['customers.usccCheckDigit'] })
})
