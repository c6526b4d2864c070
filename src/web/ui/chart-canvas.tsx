import { BarChart, CustomChart, LineChart } from 'echarts/charts'
import { AriaComponent, GridComponent, MarkLineComponent, TooltipComponent } from 'echarts/components'
import { type ECharts, init, use } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import { useEffect, useEffectEvent, useRef } from 'react'
import type { ChartData } from './chart-data.ts'
import { type ChartLook, chartOption } from './chart-option.ts'

use([BarChart, LineChart, CustomChart, GridComponent, TooltipComponent, MarkLineComponent, AriaComponent, SVGRenderer])

/** From so many px on, names beside bars have room to be read whole. */
const WIDE = 720

/** The drawing itself; loaded only where a chart is on screen. A click anywhere over a category picks it. */
export function ChartCanvas({ data, look, onPick }: { data: ChartData; look: ChartLook; onPick?: (index: number) => void }) {
  const place = useRef<HTMLDivElement>(null)
  const chart = useRef<ECharts>(undefined)
  const pick = useEffectEvent((index: number) => onPick?.(index))
  useEffect(() => {
    const drawn = init(place.current, undefined, { renderer: 'svg' })
    chart.current = drawn
    drawn.getZr().on('click', ({ offsetX, offsetY }) => {
      if (!drawn.containPixel('grid', [offsetX, offsetY])) return
      const [x, y] = drawn.convertFromPixel('grid', [offsetX, offsetY]) as [number, number]
      pick(place.current?.dataset['layout'] === 'rows' ? y : x)
    })
    const observer = new ResizeObserver(() => drawn.resize())
    observer.observe(place.current!)
    return () => {
      observer.disconnect()
      drawn.dispose()
    }
  }, [])
  useEffect(() => {
    chart.current?.setOption(chartOption(data, look, place.current!.clientWidth >= WIDE), { notMerge: true })
  }, [data, look])
  return <div ref={place} className={`chart-canvas ${onPick ? 'picks' : ''}`} data-layout={data.layout ?? 'columns'} role="img" />
}
