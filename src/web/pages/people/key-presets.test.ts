import { expect, test } from 'vitest'
import { permissions, permissionsOf, type Role } from '../../../modules/people/roles.ts'
import { keyPresets, presetOf, presetScopes } from './key-presets.ts'

test.each<[Role]>([['administrator'], ['arAccountant'], ['auditor']])('no preset gives %s more than the own role may', (role) => {
  const own = [...permissionsOf(role)]
  for (const preset of keyPresets) expect(own).toEqual(expect.arrayContaining(presetScopes(preset, own)))
})
test('reading changes nothing and shows nothing sensitive', () => {
  const scopes = presetScopes('readOnly', permissions)
  expect(scopes).toContain('receivables.view')
  expect(scopes).not.toContain('customers.viewSensitive')
  expect(scopes.every((scope) => scope.endsWith('.view'))).toBe(true)
})
test('an ERP writes documents and decides nothing', () => {
  const scopes = presetScopes('erp', permissions)
  expect(scopes).toEqual(expect.arrayContaining(['orders.edit', 'receivables.open', 'receipts.record']))
  for (const never of ['approvals.decide', 'receipts.confirm', 'people.edit', 'company.edit', 'vouchers.closePeriod'])
    expect(scopes).not.toContain(never)
})
test('an import may run imports; the ERP preset may not', () => {
  expect(presetScopes('import', permissions)).toContain('imports.run')
  expect(presetScopes('erp', permissions)).not.toContain('imports.run')
})
test.each(keyPresets)('%s is known again by its scopes, in any order', (preset) => {
  expect(presetOf(presetScopes(preset, permissions).reverse(), permissions)).toBe(preset)
})
test('anything else is a choice of one’s own', () => {
  expect(presetOf(['orders.view'], permissions)).toBe('custom')
})
