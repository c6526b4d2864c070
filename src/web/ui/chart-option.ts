import type { EChartsCoreOption } from 'echarts/core'
import { cssVariables } from '../theme.ts'
import { fontFamily, type Mode } from '../tokens.ts'
import { type ChartData, type ChartSeries, pixelValue } from './chart-data.ts'
import { type AmountScale, axisText, exactText } from './chart-scale.ts'

/** How a chart is to be drawn here and now. */
export type ChartLook = { mode: Mode; scale: AmountScale; animate: boolean; description: string }

const LABEL_SIZE = 11
const BAR_WIDEST = 22

/** The chart as ECharts wants it: hairline axes, zero-based bars, segments parted by a pixel of background, last point labelled, target dashed. `isWide`: there is room for names. */
export function chartOption(data: ChartData, look: ChartLook, isWide = false): EChartsCoreOption {
  const colors = cssVariables(look.mode)
  const ink = (name: string) => colors[`--${name}`] ?? colors['--text']!
  const rows = data.layout === 'rows'
  const label = { color: ink('text3'), fontSize: LABEL_SIZE, fontFamily }
  const category = {
    type: 'category' as const,
    data: [...data.categories],
    axisLine: { lineStyle: { color: ink('hairline') } },
    axisTick: { show: false },
    axisLabel: {
      ...label,
      hideOverlap: true,
      ...(rows ? { width: isWide ? 240 : 120, overflow: 'truncate' as const, ellipsis: '…', interval: 0 } : {}),
    },
    ...(rows ? { inverse: true } : {}),
  }
  const value = {
    type: 'value' as const,
    scale: data.series.every((series) => series.kind === 'line'),
    splitNumber: 4,
    ...(data.target ? { min: least(data), max: most(data) } : {}),
    splitLine: { lineStyle: { color: ink('hairline') } },
    axisLabel: { ...label, formatter: (at: number) => axisText(at, data.unit, look.scale) },
  }
  return {
    aria: { enabled: true, label: { description: look.description } },
    animation: look.animate,
    animationDuration: 120,
    textStyle: { fontFamily, color: ink('text2') },
    grid: { left: 4, right: isLabelled(data) ? 52 : 8, top: 12, bottom: 4, containLabel: true },
    xAxis: rows ? value : category,
    yAxis: rows ? category : value,
    tooltip: {
      trigger: 'axis',
      axisPointer: { type: 'shadow', shadowStyle: { color: ink('hover'), opacity: 0.6 }, z: 0 },
      backgroundColor: ink('elevated'),
      borderColor: ink('soft'),
      textStyle: { color: ink('text'), fontSize: 12, fontFamily },
      confine: true,
      transitionDuration: 0,
      formatter: (points: readonly { dataIndex: number }[]) => tooltip(data, points[0]?.dataIndex ?? 0),
    },
    series: [...data.series.map((series) => drawn(series, data, look, ink)), ...whiskers(data, ink)],
  }
}

/** Lines by themselves name their newest value; a line over bars only says what they are compared with. */
function isLabelled(data: ChartData): boolean {
  return data.series.every(({ kind }) => kind === 'line')
}

/** Lines with a target: both stand on the axis, with room above and below. */
function least(data: ChartData): (axis: { min: number; max: number }) => number {
  return ({ min, max }) =>
    data.series.some(({ kind }) => kind === 'bar') ? 0 : Math.max(0, rounded(Math.min(min, data.target!.value), max, -1))
}
function most(data: ChartData): (axis: { min: number; max: number }) => number {
  return ({ min, max }) => rounded(Math.max(max, data.target!.value), min, 1)
}
/** To the next five with at least a tenth of room; figures from 100 on to the next ten. */
function rounded(edge: number, other: number, direction: 1 | -1): number {
  const step = Math.max(Math.abs(edge), Math.abs(other)) > 100 ? 10 : 5
  const round = direction === 1 ? Math.ceil : Math.floor
  return round((edge + direction * step * 0.2) / step) * step
}

function drawn(series: ChartSeries, data: ChartData, look: ChartLook, ink: (name: string) => string): object {
  const color = ink(series.tint)
  const values = series.values.map(pixelValue)
  const shared = {
    name: series.name,
    data: values,
    ...(series.stack === undefined ? {} : { stack: series.stack }),
    ...targetLine(series, data, ink),
  }
  if (series.kind === 'bar') {
    const edge = series.tint === 'age-0' ? ink('age-edge') : ink('container')
    return { ...shared, type: 'bar', barMaxWidth: BAR_WIDEST, barCategoryGap: '30%', itemStyle: { color, borderColor: edge, borderWidth: series.stack === undefined ? 0 : 1 }, emphasis: { disabled: true } } // biome-ignore format: one kind of drawing, one line
  }
  const last = values.findLastIndex((value) => value !== null)
  return {
    ...shared,
    type: 'line',
    lineStyle: { color, width: 1.5 },
    itemStyle: { color },
    symbol: 'circle',
    symbolSize: (_: unknown, { dataIndex }: { dataIndex: number }) => (dataIndex === last || values.length === 1 ? 7 : 0),
    emphasis: { disabled: true },
    endLabel: {
      show: isLabelled(data),
      color: ink('text'),
      fontWeight: 600,
      fontSize: 12,
      formatter: () => axisText(values[last] ?? 0, data.unit, look.scale),
    },
  }
}

function targetLine(series: ChartSeries, data: ChartData, ink: (name: string) => string): object {
  if (!data.target || series !== data.series[0]) return {}
  const { name, value } = data.target
  return {
    markLine: {
      silent: true,
      symbol: 'none',
      lineStyle: { type: 'dashed', color: ink('text2'), width: 1 },
      label: { formatter: name, position: 'insideStartBottom', color: ink('text2'), fontSize: LABEL_SIZE },
      data: [data.layout === 'rows' ? { xAxis: value } : { yAxis: value }],
    },
  }
}

type Coordinates = { value: (dimension: number) => number; coord: (point: [number, number]) => [number, number] }

function whiskers(data: ChartData, ink: (name: string) => string): object[] {
  if (!data.range) return []
  const { low, high, name } = data.range
  const stroke = { stroke: ink('text'), lineWidth: 1 }
  const line = (x1: number, y1: number, x2: number, y2: number) => ({ type: 'line', shape: { x1, y1, x2, y2 }, style: stroke })
  return [
    {
      type: 'custom',
      name,
      silent: true,
      z: 10,
      encode: { x: 0, y: [1, 2] },
      data: data.categories.map((_, at) => [at, pixelValue(low[at] ?? null), pixelValue(high[at] ?? null)]),
      renderItem: (_: unknown, api: Coordinates) => {
        const [x, bottom] = api.coord([api.value(0), api.value(1)])
        const [, top] = api.coord([api.value(0), api.value(2)])
        if (Number.isNaN(bottom) || Number.isNaN(top) || api.value(1) === api.value(2)) return null
        return { type: 'group', children: [line(x, bottom, x, top), line(x - 3, bottom, x + 3, bottom), line(x - 3, top, x + 3, top)] }
      },
    },
  ]
}

/** Built as elements, never as text with markup: names come from people. */
function tooltip(data: ChartData, at: number): HTMLElement {
  const box = document.createElement('div')
  box.className = 'chart-tip'
  const head = box.appendChild(document.createElement('b'))
  head.textContent = data.categories[at] ?? ''
  const add = (name: string, text: string, tint?: string) => {
    const row = box.appendChild(document.createElement('div'))
    const label = row.appendChild(document.createElement('span'))
    if (tint !== undefined) label.appendChild(document.createElement('i')).className = `dot fill-${tint}`
    label.append(name)
    row.appendChild(document.createElement('span')).textContent = text
  }
  for (const series of data.series) add(series.name, exactText(series.values[at] ?? null, data.unit), series.tint)
  if (data.range)
    add(data.range.name, `${exactText(data.range.low[at] ?? null, data.unit)} – ${exactText(data.range.high[at] ?? null, data.unit)}`)
  if (data.target) add(data.target.name, exactText(data.target.value, data.unit))
  return box
}
