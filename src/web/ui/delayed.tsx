import { Skeleton } from 'antd'
import { type ReactNode, useEffect, useState } from 'react'

/** Nothing is shown for a wait shorter than this. */
const PATIENCE_MS = 300

/** Shows its children only when it has been on screen for 300 ms. */
export function Delayed({ children }: { children: ReactNode }) {
  const [shown, setShown] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), PATIENCE_MS)
    return () => clearTimeout(timer)
  }, [])
  return shown ? children : null
}

/** Rows in the shape of a list or a text that is on its way. */
export function LoadingRows({ rows = 5 }: { rows?: number }) {
  return (
    <Delayed>
      <div className="loading-rows" aria-busy="true">
        <Skeleton active={false} title={false} paragraph={{ rows, width: [...Array.from({ length: rows - 1 }, () => '100%'), '60%'] }} />
      </div>
    </Delayed>
  )
}
