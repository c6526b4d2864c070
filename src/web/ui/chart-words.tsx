import { Link } from '@tanstack/react-router'
import { useWords } from '../words.ts'
import { type ChartData, pixelValue } from './chart-data.ts'
import { type AmountScale, axisText, exactText } from './chart-scale.ts'
import { Dot } from './dot.tsx'

/** From so many series on the legend is a table with the newest values, above the drawing. */
const LEGEND_TABLE_FROM = 4

/** What each colour means: a small table with the newest values from four series on, else a row under the drawing; nothing for one line alone. */
export function ChartLegend({ data, scale, place }: { data: ChartData; scale: AmountScale; place: 'above' | 'below' }) {
  const isTable = data.series.length >= LEGEND_TABLE_FROM
  if (isTable !== (place === 'above') || (data.series.length < 2 && !data.range)) return null
  return (
    <dl className={isTable ? 'chart-legend' : 'chart-legend-row'}>
      {data.series.map((series) => (
        <div key={series.name}>
          <dt>
            <Dot color={series.tint} />
            {series.name}
          </dt>
          <dd className={isTable ? '' : 'only-read'}>{axisText(pixelValue(series.values.at(-1) ?? null) ?? 0, data.unit, scale)}</dd>
        </div>
      ))}
      {data.range ? (
        <div>
          <dt>
            <span className="chart-whisker" aria-hidden="true" />
            {data.range.name}
          </dt>
          <dd className="only-read">–</dd>
        </div>
      ) : null}
    </dl>
  )
}

/** The same figures, whole, a row a category; scrolls inside its panel. */
export function ChartTable(props: { title: string; data: ChartData; height: number; to?: (index: number) => string | undefined }) {
  const { title, data, height, to } = props
  const words = useWords('shared')
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className="chart-table" style={{ maxHeight: height + 40 }} tabIndex={0} aria-label={title}>
      <table>
        <thead>
          <tr>
            <th scope="col">{words('chart.category')}</th>
            {data.series.map((series) => (
              <th key={series.name} scope="col">
                {series.name}
              </th>
            ))}
            {data.range ? <th scope="col">{data.range.name}</th> : null}
          </tr>
        </thead>
        <tbody>
          {data.categories.map((category, at) => (
            <tr key={category}>
              <th scope="row">
                <CategoryLink name={category} to={to?.(at)} />
              </th>
              {data.series.map((series) => (
                <td key={series.name}>{exactText(series.values[at] ?? null, data.unit)}</td>
              ))}
              {data.range ? <td>{rangeText(data.range, at, data)}</td> : null}
            </tr>
          ))}
        </tbody>
      </table>
      {data.target ? (
        <p className="small secondary">
          {data.target.name} {exactText(data.target.value, data.unit)}
        </p>
      ) : null}
    </section>
  )
}

function CategoryLink({ name, to }: { name: string; to: string | undefined }) {
  return to === undefined ? name : <Link to={to}>{name}</Link>
}

function rangeText(range: NonNullable<ChartData['range']>, at: number, { unit }: ChartData): string {
  return `${exactText(range.low[at] ?? null, unit)} – ${exactText(range.high[at] ?? null, unit)}`
}
