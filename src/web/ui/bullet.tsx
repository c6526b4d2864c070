/** How much of the target is there (the bar), against how much of the time is gone (the mark); its label says both in words. Per cent, over 100 fills it. */
export function Bullet({ percent, mark }: { percent: number; mark: number }) {
  return (
    <span className="bullet" aria-hidden="true">
      <i style={{ width: `${Math.min(100, Math.max(0, percent))}%` }} />
      <b style={{ insetInlineStart: `${Math.min(100, Math.max(0, mark))}%` }} />
    </span>
  )
}
