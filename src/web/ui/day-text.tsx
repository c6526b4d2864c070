/** A day 'YYYY-MM-DD'. In lists `short` leaves out the year when it is the year of `today`. Nothing = grey dash. */
export function DayText({ value, short, today }: { value: string | null | undefined; short?: boolean; today?: string }) {
  if (value === null || value === undefined) return <span className="muted">–</span>
  const shown = short && today !== undefined && value.slice(0, 4) === today.slice(0, 4) ? value.slice(5) : value
  return (
    <time dateTime={value} className="nowrap">
      {shown}
    </time>
  )
}

/** An instant (ISO 8601) as day and minute in the company's time zone: '2026-11-20 09:05'. */
export function InstantText({ value, timeZone }: { value: string; timeZone: string }) {
  return (
    <time dateTime={value} className="nowrap">
      {instantWords(value, timeZone)}
    </time>
  )
}

/** The same as plain text, for sentences: '2026-11-20 09:05'. Never the zone of the device: everybody reads the same hour. */
export function instantWords(value: string, timeZone: string): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' }).format(new Date(value))
}
