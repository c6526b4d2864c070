import { useNavigate } from '@tanstack/react-router'
import { useWords } from '../words.ts'
import { useKeys } from './keys.tsx'

/** J and K move the marked row, Enter opens it. Nothing is bound in tables whose rows lead nowhere. */
export function useRowKeys<Row>(table: {
  rows: readonly Row[]
  rowKey: (row: Row) => string
  at: string | undefined
  setAt: (key: string | undefined) => void
  to?: (row: Row) => string
}): void {
  const { rows, rowKey, at, setAt, to } = table
  const words = useWords('shared')
  const navigate = useNavigate()
  const index = rows.findIndex((row) => rowKey(row) === at)
  const move = (by: number) => {
    const next = rows[Math.max(0, Math.min(rows.length - 1, index + by))]
    if (next === undefined) return
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur() // from now on Enter is for the row
    setAt(rowKey(next))
    document.querySelector(`[data-row-key="${CSS.escape(rowKey(next))}"]`)?.scrollIntoView({ block: 'nearest' })
  }
  const open = () => {
    const row = rows[index]
    if (row !== undefined && to) void navigate({ to: to(row) })
  }
  useKeys(
    to
      ? [
          { keys: 'j', label: words('keys.next'), run: () => move(1) },
          { keys: 'k', label: words('keys.previous'), run: () => move(-1) },
          { keys: 'enter', label: words('keys.open'), run: open, disabled: index === -1 },
        ]
      : [],
  )
}
