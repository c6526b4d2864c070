/** The swatch of a legend: 'age-3', 'exp-overdue', 'cert-promise', 'over' (hatched). */
export function Dot({ color }: { color: string }) {
  return <span className={`dot fill-${color}`} aria-hidden="true" />
}
