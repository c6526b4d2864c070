/** A name in a table: at most 240 px wide, the whole of it in the tooltip. Amounts are never cut. */
export function CutText({ text }: { text: string }) {
  return (
    <span className="cut cut-text" title={text}>
      {text}
    </span>
  )
}

/** How many digits of a long number tell it apart at a glance. */
const TAIL = 8

/** A long identifier (invoice, bank reference) as its end: …01840217, the whole of it in the tooltip. Never wraps. */
export function LongNumber({ value }: { value: string | null | undefined }) {
  if (value === null || value === undefined || value === '') return <span className="muted">–</span>
  const shown = value.length > TAIL + 2 ? `…${value.slice(-TAIL)}` : value
  return (
    <span className="nowrap" title={value}>
      {shown}
    </span>
  )
}
