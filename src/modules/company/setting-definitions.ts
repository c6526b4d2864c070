import { isCurrency } from '../../kernel/currency.ts'
import { parseMinor } from '../../kernel/money.ts'
import type { Issue } from '../../kernel/problem.ts'

/** What is wrong with one value, as the code of a sentence; undefined when nothing is. */
type Check = (value: unknown) => { code: string; params?: Readonly<Record<string, string | number>> } | undefined
type Definition = {
  readonly permission: string
  readonly fields: Readonly<Record<string, { readonly standard: unknown; readonly check: Check }>>
}

/**
 * Settings that a company may change through /api/settings/:key: one object a key, each field with its standard value. Settings with a page and
 * rules of their own (ageing columns, calendars) are saved by their modules through saveSettings.
 */
export const settingDefinitions: Readonly<Record<string, Definition>> = {
  receivables: { permission: 'vouchers.editRules', fields: { openOn: { standard: 'approved', check: oneOf('approved', 'delivered') } } },
  receipts: {
    permission: 'vouchers.editRules',
    fields: { duplicateDays: { standard: 30, check: whole(0, 365) }, careTaskDays: { standard: 7, check: whole(0, 90) } },
  },
  allocations: {
    permission: 'vouchers.editRules',
    fields: {
      onConfirmation: { standard: 'reference', check: oneOf('off', 'reference', 'oldest', 'statutory') },
      toleranceAbsolute: {
        standard: { CNY: '10.00', USD: '5.00', EUR: '5.00', HKD: '10.00', JPY: '500', TWD: '50' },
        check: amountsByCurrency(),
      },
      tolerancePercent: { standard: '2', check: percentText() },
    },
  },
  targets: {
    permission: 'vouchers.editRules',
    fields: {
      overdueShareBasisPoints: { standard: null, check: optional(whole(0, 10_000)) },
      dsoDays: { standard: null, check: optional(whole(1, 999)) },
      collectionsPerMonth: { standard: null, check: optional(wholeAmount()) },
    },
  },
  credit: {
    permission: 'credit.hold',
    fields: {
      limitWarnBasisPoints: { standard: 9_000, check: optional(whole(0, 20_000)) },
      oldestOverdueWarnDays: { standard: 60, check: optional(whole(0, 3_650)) },
      oldestOverdueHoldDays: { standard: 90, check: optional(whole(0, 3_650)) },
      overdueShareWarnBasisPoints: { standard: 4_000, check: optional(whole(0, 10_000)) },
      overdueShareHoldBasisPoints: { standard: null, check: optional(whole(0, 10_000)) },
      whenNoLimit: { standard: 'unlimited', check: oneOf('unlimited', 'none') },
    },
  },
  reports: {
    permission: 'vouchers.editRules',
    fields: { vatBasis: { standard: 'gross', check: oneOf('gross', 'net') }, yearDays: { standard: 365, check: oneOf(365, 360) } },
  },
}

/** The standard values of a key. */
export function standardSettings(key: string): Record<string, unknown> {
  return Object.fromEntries(Object.entries(settingDefinitions[key]?.fields ?? {}).map(([name, field]) => [name, field.standard]))
}

/** Every wrong field of a value for this key; unknown fields are wrong. */
export function settingIssues(key: string, value: Readonly<Record<string, unknown>>): Issue[] {
  const fields = settingDefinitions[key]?.fields ?? {}
  return Object.entries(value).flatMap(([name, given]): Issue[] => {
    const path = `value.${name}`
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined
    if (!field) return [{ path, code: 'platform.unknownField' }]
    const wrong = field.check(given)
    return wrong ? [{ path, ...wrong }] : []
  })
}

function oneOf(...allowed: readonly (string | number)[]): Check {
  return (value) =>
    allowed.includes(value as string | number) ? undefined : { code: 'platform.notAllowed', params: { allowed: allowed.join(', ') } }
}

function amountsByCurrency(): Check {
  return (value) => {
    const entries = typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : undefined
    const fine = entries?.every(
      ([code, amount]) => isCurrency(code) && typeof amount === 'string' && (parseMinor(amount, code) ?? -1n) >= 0n,
    )
    return fine ? undefined : { code: 'platform.notAnAmount' }
  }
}

/** Whole units of the base currency. */
function wholeAmount(): Check {
  return (value) => (typeof value === 'string' && /^[1-9]\d{0,12}$/.test(value) ? undefined : { code: 'platform.notAnAmount' })
}

function percentText(): Check {
  return (value) => (typeof value === 'string' && /^\d{1,2}(\.\d{1,4})?$/.test(value) ? undefined : { code: 'platform.notANumber' })
}

function whole(least: number, most: number): Check {
  return (value) => {
    if (!Number.isSafeInteger(value)) return { code: 'platform.wrongType', params: { expected: 'int' } }
    if ((value as number) < least) return { code: 'platform.tooSmall', params: { least } }
    return (value as number) > most ? { code: 'platform.tooLarge', params: { most } } : undefined
  }
}

/** null switches the rule off. */
function optional(check: Check): Check {
  return (value) => (value === null ? undefined : check(value))
}
