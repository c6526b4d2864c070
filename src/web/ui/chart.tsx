import { BarChartOutlined, TableOutlined } from '@ant-design/icons'
import { useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { lazy, type ReactNode, Suspense, useMemo, useState } from 'react'
import { useMedia, useMode, usePreferences } from '../preferences.ts'
import { useWords } from '../words.ts'
import type { ChartData } from './chart-data.ts'
import type { ChartLook } from './chart-option.ts'
import { chartScale, exactText } from './chart-scale.ts'
import { ChartLegend, ChartTable } from './chart-words.tsx'
import { Panel } from './panel.tsx'

/** The drawing code is half as large as everything else: it is asked for when the page stands and has nothing else to do. */
const ChartCanvas = lazy(async () => {
  await idle()
  const { ChartCanvas } = await import('./chart-canvas.tsx')
  return { default: ChartCanvas }
})

/** Figures that a description reads out; with more it points to the table. */
const SAID_MOST = 30

/**
 * A chart in its panel: title says what, `sub` unit and day (the scale, 万 or K, is added), legend with values from four series on, one
 * press shows the same figures as a table. `to` is where a category leads: by click on the drawing, as links in the table.
 * Everything a page gives is `data` (chart-data.ts); the drawing code is loaded when the first chart appears.
 */
export function Chart(props: {
  title: string
  data: ChartData
  sub?: string
  extra?: ReactNode
  height?: number
  to?: (index: number) => string | undefined
  foot?: ReactNode
}) {
  const { title, data, sub, extra, height = 220, to, foot } = props
  const [asTable, setAsTable] = useState(false)
  const look = useLook(title, data)
  const navigate = useNavigate()
  const open = (index: number) => {
    const target = to?.(index)
    if (target !== undefined) void navigate({ to: target })
  }
  const said = [sub, asTable ? undefined : look.scale.word].filter((part) => part).join(' · ')
  return (
    <Panel
      title={title}
      className="chart-panel"
      {...(said === '' ? {} : { sub: said })}
      extra={
        <>
          {extra}
          <TableSwitch on={asTable} onChange={setAsTable} />
        </>
      }
    >
      {asTable ? (
        <ChartTable title={title} data={data} height={height} {...(to ? { to } : {})} />
      ) : (
        <>
          <ChartLegend data={data} scale={look.scale} place="above" />
          <div style={{ height }}>
            <Suspense fallback={<div className="chart-canvas" aria-busy="true" />}>
              <ChartCanvas data={data} look={look} {...(to ? { onPick: open } : {})} />
            </Suspense>
          </div>
          <ChartLegend data={data} scale={look.scale} place="below" />
        </>
      )}
      {foot}
    </Panel>
  )
}

function TableSwitch({ on, onChange }: { on: boolean; onChange: (on: boolean) => void }) {
  const words = useWords('shared')
  const label = words(on ? 'chart.asChart' : 'chart.asTable')
  return (
    <Button
      type="text"
      size="small"
      aria-label={label}
      title={label}
      icon={on ? <BarChartOutlined aria-hidden /> : <TableOutlined aria-hidden />}
      onClick={() => onChange(!on)}
    />
  )
}

function useLook(title: string, data: ChartData): ChartLook {
  const words = useWords('shared')
  const mode = useMode()
  const { language } = usePreferences()
  const calm = useMedia('(prefers-reduced-motion: reduce)')
  return useMemo(
    () => ({
      mode,
      scale: chartScale(data, language),
      animate: !calm,
      description: described(title, data, words('chart.description', { title, count: data.categories.length })),
    }),
    [mode, data, language, calm, title, words],
  )
}

function described(title: string, data: ChartData, otherwise: string): string {
  if (data.categories.length * data.series.length > SAID_MOST) return otherwise
  const points = data.categories.map(
    (category, at) => `${category} ${data.series.map((s) => `${s.name} ${exactText(s.values[at] ?? null, data.unit)}`).join(', ')}`,
  )
  return `${title}: ${points.join('; ')}`
}

/** In ms: a page that is never idle gets its charts all the same. Safari has no idle callback. */
const IDLE_WITHIN = 500

function idle(): Promise<void> {
  return new Promise((done) => {
    if ('requestIdleCallback' in window) window.requestIdleCallback(() => done(), { timeout: IDLE_WITHIN })
    else setTimeout(done, IDLE_WITHIN)
  })
}
