import { useWords } from '../words.ts'

/** The mark: money that comes back. */
export function Brand() {
  const words = useWords('shell')
  return (
    <span className="brand">
      <svg width="20" height="20" viewBox="0 0 20 20" aria-hidden="true" focusable="false">
        <path d="M3 6.5h10.5a3.5 3.5 0 0 1 0 7H7" />
        <path d="M9.6 10.3 6.2 13.5l3.4 3.2" />
      </svg>
      <span className="brand-name">{words('product')}</span>
    </span>
  )
}
