import { Button } from 'antd'
import type { ReactNode } from 'react'
import { useWords } from '../words.ts'
import { KeyHint } from './key-hint.tsx'
import { useKeys } from './keys.tsx'

/** Filters that fit nothing: how many there are, which to drop (`help`, with what it would bring back), and how to clear them all. */
export function NoResult({ filters, help, onClear }: { filters: number; help?: ReactNode; onClear: () => void }) {
  const words = useWords('shared')
  useKeys([{ keys: 'escape', label: words('clearFilters'), run: onClear }])
  return (
    <div className="empty-state">
      <b>{words('noResult', { count: filters })}</b>
      {help === undefined ? null : <p className="secondary">{help}</p>}
      <div className="row">
        <Button onClick={onClear}>
          {words('clearFilters')} <KeyHint keys="escape" />
        </Button>
      </div>
    </div>
  )
}
