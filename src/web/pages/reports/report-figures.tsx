import { formatDecimal } from '../../ui/amount-text.ts'
import { useWords } from '../../words.ts'
import type { Report } from './report-question.ts'

type Figures = Report['figures']
type Value = { readonly unit: Figures[number]['unit']; readonly value: string }

/** The key figures of the whole range with the numbers that they were made of: 期末应收 4,836.30 ÷ 本期赊销 6,512.00 × 92 天 = 68.3 天. */
export function ReportFigures({ figures }: { figures: Figures }) {
  const words = useWords('reports')
  const write = ({ unit, value }: Value) =>
    unit === 'amount' ? formatDecimal(value) : words(`figures.${unit}`, { value: formatDecimal(value) })
  return (
    <>
      {figures.map(({ key, title, unit, value, isAtLeast, formula }) =>
        value === null || formula.length === 0 ? null : (
          <p key={key} className="report-formula">
            <b>{title}</b>
            {' = '}
            {formula.map((part) => (typeof part === 'string' ? part : `${part.title} ${write(part)}`)).join(' ')}
            {' = '}
            <b>{isAtLeast ? words('figures.atLeast', { value: write({ unit, value }) }) : write({ unit, value })}</b>
          </p>
        ),
      )}
    </>
  )
}
