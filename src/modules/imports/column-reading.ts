import type { ColumnProfile } from './column-profile.ts'
import { type FieldType, type ImportKind, importField, importForms } from './import-fields.ts'
import { type DecimalSign, decimalSignOf, decimalSigns } from './read-amount.ts'
import { type DayOrder, dayOrderOf, dayOrders } from './read-day.ts'

/** What the person chose for one column, in the file's order. `read` settles what the values leave open: the order of days, the decimal sign. */
export type MappedColumn = { readonly header: string; readonly field: string | null; readonly read?: DayOrder | DecimalSign | undefined }

/** How one mapped column will be read. */
export type ColumnReading = {
  readonly column: number
  readonly field: string
  readonly type: FieldType
  readonly most: number
  readonly order?: DayOrder
  readonly sign: DecimalSign
}

/** What the page says about a column: `how` is a word of imports.how, `note` one of imports.notes. `asks`: the file cannot be imported before `read` is chosen. */
export type ColumnNote = {
  readonly how: string
  readonly note?: string
  readonly count?: number
  readonly asks?: readonly string[]
  readonly chosen?: string
}

const TEXT_MOST = 1_000

/** The readings of all mapped columns. Columns without a field, and fields that the kind does not have, are left out. */
export function columnReadings(kind: ImportKind, columns: readonly MappedColumn[], profiles: readonly ColumnProfile[]): ColumnReading[] {
  return columns.flatMap((mapped, column): ColumnReading[] => {
    const field = mapped.field === null ? undefined : importField(kind, mapped.field)
    const profile = profiles[column]
    if (field === undefined || profile === undefined) return []
    const order = orderOf(mapped, profile)
    const sign = signOf(mapped, profile) ?? 'dot'
    return [{ column, field: field.key, type: field.type, most: field.most ?? TEXT_MOST, ...(order === undefined ? {} : { order }), sign }]
  })
}

/** What the values themselves say goes before what was chosen: a choice may be remembered from another file of these headers. */
function orderOf({ read }: MappedColumn, { days }: ColumnProfile): DayOrder | undefined {
  const order = dayOrderOf(days)
  return order === 'ask' || order === 'none' ? chosen(dayOrders, read) : order
}

function signOf({ read }: MappedColumn, { amounts }: ColumnProfile): DecimalSign | undefined {
  const sign = decimalSignOf(amounts)
  if (sign === 'ask') return chosen(decimalSigns, read)
  return amounts.dot + amounts.comma > 0 ? sign : (chosen(decimalSigns, read) ?? sign)
}

/** How this column is read, and what the person should know before going on. `rows` is the number of rows of the file. */
export function columnNote(kind: ImportKind, mapped: MappedColumn, profile: ColumnProfile, rows: number): ColumnNote {
  const field = mapped.field === null ? undefined : importField(kind, mapped.field)
  if (field === undefined) return { how: 'notImported' }
  const empty = rows - profile.filled
  if (field.type === 'day') return dayNote(mapped, profile, empty)
  if (field.type === 'amount' || field.type === 'decimal') return amountNote(mapped, profile, empty)
  if (profile.formulas > 0) return { how: field.type, note: 'formulas', count: profile.formulas }
  return { how: howOf(field.key, field.type), ...(empty > 0 && isNeeded(kind, field.key) ? { note: 'empty', count: empty } : {}) }
}

function dayNote(mapped: MappedColumn, profile: ColumnProfile, empty: number): ColumnNote {
  const { days, filled, formulas } = profile
  const order = dayOrderOf(days)
  const picked = orderOf(mapped, profile)
  const how = picked === undefined ? 'day' : picked
  if (formulas > 0) return { how, note: 'formulas', count: formulas }
  if (order === 'ask')
    return { how: 'day', ...(picked === undefined ? { note: 'dayOrder', asks: dayOrders } : { asks: dayOrders, chosen: picked }) }
  if (days.days < filled) return { how, note: 'unreadable', count: filled - days.days }
  return empty > 0 ? { how, note: 'empty', count: empty } : { how }
}

function amountNote(mapped: MappedColumn, profile: ColumnProfile, empty: number): ColumnNote {
  const { amounts, filled, formulas } = profile
  const sign = decimalSignOf(amounts)
  const picked = signOf(mapped, profile)
  if (formulas > 0) return { how: picked ?? 'dot', note: 'formulas', count: formulas }
  if (sign === 'ask')
    return {
      how: 'amount',
      ...(picked === undefined ? { note: 'decimalSign', asks: decimalSigns } : { asks: decimalSigns, chosen: picked }),
    }
  const how = picked ?? 'dot'
  if (amounts.amounts < filled) return { how, note: 'unreadable', count: filled - amounts.amounts }
  if (amounts.either > 0 && amounts.dot + amounts.comma === 0) return { how, note: 'groupsGuessed', asks: decimalSigns, chosen: how }
  return empty > 0 ? { how, note: 'empty', count: empty } : { how }
}

function howOf(key: string, type: FieldType): string {
  if (type !== 'text') return type
  return ['customer', 'customerCode', 'taxId', 'sourceNo', 'salesperson', 'region', 'product'].includes(key) ? key : 'text'
}

function isNeeded(kind: ImportKind, key: string): boolean {
  return importForms[kind].needs.some((group) => group.length === 1 && group[0] === key)
}

function chosen<T extends string>(allowed: readonly T[], read: string | undefined): T | undefined {
  return allowed.find((one) => one === read)
}

/** Groups of needed fields for which no column is mapped, first field named. */
export function missingFields(kind: ImportKind, columns: readonly MappedColumn[]): string[] {
  const mapped = new Set(columns.map((column) => column.field))
  return importForms[kind].needs.filter((group) => !group.some((key) => mapped.has(key))).map((group) => group[0]!)
}

/** A field that two columns claim; undefined when there is none. */
export function fieldTwice(columns: readonly MappedColumn[]): string | undefined {
  const fields = columns.flatMap((column) => column.field ?? [])
  return fields.find((field, place) => fields.indexOf(field) !== place)
}
