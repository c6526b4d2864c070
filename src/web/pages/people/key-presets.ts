/** What keys are usually made for; each is cut to what the maker's own role may. `custom` is whatever else is ticked. */
export const keyPresets = ['readOnly', 'erp', 'import', 'everything'] as const
export type KeyPreset = (typeof keyPresets)[number]

/** The scopes of a preset for somebody with these permissions, in their order. */
export function presetScopes(preset: KeyPreset, permissions: readonly string[]): string[] {
  return permissions.filter((permission) => belongs[preset](permission))
}

/** The preset that stands for exactly these scopes. */
export function presetOf(scopes: readonly string[], permissions: readonly string[]): KeyPreset | 'custom' {
  const key = (list: readonly string[]): string => [...list].sort().join()
  return keyPresets.find((preset) => key(presetScopes(preset, permissions)) === key(scopes)) ?? 'custom'
}

const ERP = [
  'company.view',
  'customers.view',
  'customers.edit',
  'products.view',
  'products.edit',
  'terms.view',
  'orders.view',
  'orders.edit',
  'orders.deliver',
  'receivables.view',
  'receivables.open',
  'receipts.view',
  'receipts.record',
  'vouchers.view',
]
const IMPORT = ['imports.run', ...ERP.filter((permission) => permission !== 'orders.deliver' && permission !== 'vouchers.view')]

const belongs: Readonly<Record<KeyPreset, (permission: string) => boolean>> = {
  readOnly: (permission) => permission.endsWith('.view'),
  erp: (permission) => ERP.includes(permission),
  import: (permission) => IMPORT.includes(permission),
  everything: () => true,
}
