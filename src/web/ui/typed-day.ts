import dayjs from 'dayjs'
import customParseFormat from 'dayjs/plugin/customParseFormat.js'

dayjs.extend(customParseFormat)

/** How a day may be typed; the first is how it is shown. */
export const DAY_FORMATS = ['YYYY-MM-DD', 'YYYYMMDD', 'YYYY/M/D', 'YYYY.M.D', 'YYYY-M-D']

/** Was something typed that is no day (2026/2/30), or none from `earliest` to `latest`, both included? */
export function isUnusableDay(
  typed: string,
  { earliest, latest }: { earliest?: string | undefined; latest?: string | undefined },
): boolean {
  const text = typed.trim()
  if (text === '') return false
  const format = DAY_FORMATS.find((one) => dayjs(text, one, true).isValid())
  if (format === undefined) return true
  const day = dayjs(text, format, true).format('YYYY-MM-DD')
  return (earliest !== undefined && day < earliest) || (latest !== undefined && day > latest)
}
