import { z } from 'zod'
import { isCurrency } from '../kernel/currency.ts'
import { type Day, parseDay } from '../kernel/day.ts'
import { languages } from '../kernel/language.ts'

/** The vocabulary of request fields. Shared with the browser: zod and the kernel only. Codes after `message` are i18n keys. */
export const id = z.uuid()
export const ids = z.array(id).min(1).max(1_000)
export const idParams = z.strictObject({ id })
export const version = z.int().min(1)
export const day = z.string().transform((text, context): Day => {
  const found = parseDay(text)
  if (found === undefined) context.addIssue({ code: 'custom', message: 'platform.notADay', params: { value: text.slice(0, 40) } })
  return (found ?? text) as Day
})
/** An amount as a decimal string ('1234.50'). The grammar only: decimals are judged against the currency by the command. */
export const amount = z.string().regex(/^-?\d{1,16}(\.\d{1,6})?$/, 'platform.notAnAmount')
export const positiveAmount = z
  .string()
  .regex(/^\d{1,16}(\.\d{1,6})?$/, 'platform.notAPositiveAmount')
  .refine((text) => /[1-9]/.test(text), 'platform.notAPositiveAmount')
/** A quantity or a unit price: up to six decimals. */
export const decimal = z.string().regex(/^-?\d{1,12}(\.\d{1,6})?$/, 'platform.notANumber')
export const positiveDecimal = z
  .string()
  .regex(/^\d{1,12}(\.\d{1,6})?$/, 'platform.notAPositiveNumber')
  .refine((text) => /[1-9]/.test(text), 'platform.notAPositiveNumber')
export const rate = z.string().regex(/^\d{1,9}(\.\d{1,9})?$/, 'platform.notANumber')
export const currency = z.string().refine(isCurrency, 'platform.unknownCurrency')
export const language = z.enum(languages)
/** A short text in one line, trimmed, without control characters. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused
const NO_CONTROL = /^[^\u0000-\u001f\u007f]*$/
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused
const NO_CONTROL_BUT_LINES = /^[^\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]*$/
export const text = (most: number) => z.string().trim().max(most).regex(NO_CONTROL, 'platform.controlCharacters')
export const requiredText = (most: number) =>
  z.string().trim().min(1, 'platform.required').max(most).regex(NO_CONTROL, 'platform.controlCharacters')
/** A text of several lines. */
export const longText = (most: number) => z.string().trim().max(most).regex(NO_CONTROL_BUT_LINES, 'platform.controlCharacters')
/** Query strings carry text: 'true' and 'false' only. */
export const flag = z.enum(['true', 'false']).transform((value) => value === 'true')
/** A query parameter that may be repeated: ?status=a&status=b. */
export const several = <T extends z.ZodType>(item: T) => z.union([item.transform((one) => [one]), z.array(item).max(200)])
/** Keyset paging: `cursor` is what the last answer gave as nextCursor. */
const PAGE_SIZE_MOST = 200
export const paging = { cursor: z.string().max(500).optional(), limit: z.coerce.number().int().min(1).max(PAGE_SIZE_MOST).default(50) }
/** Sums over a whole filter take longer than its first page: `with` the page, the page `without` them, or `only` they. What was not asked for is null. */
export const sumsAsked = { sums: z.enum(['with', 'without', 'only']).default('with') }
/** A list whose query has `sumsAsked`: `sums` are its totals over the whole filter, null where they were not asked for. */
export const pageBesideSums = <T extends z.ZodType, S extends z.ZodRawShape, U extends z.ZodRawShape = Record<never, never>>(
  item: T,
  sums: S,
  more?: U,
) =>
  z.strictObject({
    items: z.array(item),
    nextCursor: z.string().nullable(),
    total: z.int().nullable(),
    ...(Object.fromEntries(Object.entries(sums).map(([name, field]) => [name, (field as z.ZodType).nullable()])) as {
      [name in keyof S]: z.ZodNullable<S[name] & z.ZodType>
    }),
    ...(more ?? ({} as U)),
  })
/** A page of a list: the items, where the next page starts, how many match in all, and the sums of the whole filter. */
export const page = <T extends z.ZodType, U extends z.ZodRawShape = Record<never, never>>(item: T, more?: U) =>
  z.strictObject({ items: z.array(item), nextCursor: z.string().nullable(), total: z.int(), ...(more ?? ({} as U)) })
export const done = z.strictObject({ ok: z.literal(true) })
export const created = z.strictObject({ id })
export const createdMany = z.strictObject({ ids: z.array(id) })
