/** One JSON line a measurement. Ratios of one run are comparable; absolute times move with the machine. */
export type Measurement = {
  readonly what: string
  readonly size: string
  readonly seconds?: number
  readonly perSecond?: number
  readonly p50Ms?: number
  readonly p95Ms?: number
  readonly peakMb?: number
  readonly limitSeconds?: number
  readonly limitPerSecond?: number
  readonly ratioToLimit?: number
  readonly note?: string
}

export function print(measurement: Measurement): void {
  const rounded = Object.entries(measurement).map(([key, value]) => [key, typeof value === 'number' ? Number(value.toPrecision(4)) : value])
  console.info(JSON.stringify(Object.fromEntries(rounded)))
}

export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}

/** Runs `step` again and again with `clients` at once for `seconds`; a step that returns false ends its client. */
export async function drive(
  clients: number,
  seconds: number,
  step: (client: number, turn: number) => Promise<boolean>,
): Promise<{ perSecond: number; p50Ms: number; p95Ms: number; seconds: number }> {
  const latencies: number[] = []
  const from = performance.now()
  const until = from + seconds * 1_000
  const one = async (client: number): Promise<void> => {
    for (let turn = 0; performance.now() < until; turn += 1) {
      const began = performance.now()
      if (!(await step(client, turn))) return
      latencies.push(performance.now() - began)
    }
  }
  await Promise.all(Array.from({ length: clients }, (_, client) => one(client)))
  const took = (performance.now() - from) / 1_000
  return { perSecond: latencies.length / took, p50Ms: quantile(latencies, 0.5), p95Ms: quantile(latencies, 0.95), seconds: took }
}

/** Best of `times` runs, in seconds. */
export async function best(times: number, run: () => Promise<unknown>): Promise<number> {
  let least = Number.POSITIVE_INFINITY
  for (let turn = 0; turn < times; turn += 1) {
    const from = performance.now()
    await run()
    least = Math.min(least, (performance.now() - from) / 1_000)
  }
  return least
}

export function peakMb(): number {
  return process.resourceUsage().maxRSS / 1_024
}
