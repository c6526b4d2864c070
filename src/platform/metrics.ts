import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]

/** What /metrics shows, in the form Prometheus reads. Labels name routes and tasks of the program, never what a user typed. */
export type Metrics = {
  /** Answered requests by method, route pattern and status. */
  readonly observe: (route: string, method: string, status: number, seconds: number) => void
  /** Finished jobs by task. */
  readonly job: (task: string, outcome: 'done' | 'failed', seconds: number) => void
  /** A number that is read when somebody asks for the metrics, such as the connections in use. */
  readonly watch: (name: string, help: string, read: () => number | Promise<number>) => void
  readonly contentType: string
  readonly text: () => Promise<string>
}

export function createMetrics(): Metrics {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry, prefix: 'huikuan_' })
  const requests = new Histogram({
    name: 'huikuan_http_request_seconds',
    help: 'Time from request to answer',
    labelNames: ['method', 'route', 'status'],
    buckets: SECONDS,
    registers,
  })
  const jobs = new Histogram({
    name: 'huikuan_job_seconds',
    help: 'Time a job took',
    labelNames: ['task', 'outcome'],
    buckets: SECONDS,
    registers,
  })
  const failures = new Counter({
    name: 'huikuan_http_failures_total',
    help: 'Answers with status 500 and above',
    labelNames: ['route'],
    registers,
  })
  return {
    observe: (route, method, status, seconds) => {
      requests.observe({ method, route, status }, seconds)
      if (status >= 500) failures.inc({ route })
    },
    job: (task, outcome, seconds) => jobs.observe({ task, outcome }, seconds),
    watch: (name, help, read) => {
      new Gauge({
        name: `huikuan_${name}`,
        help,
        registers,
        async collect() {
          this.set(await read())
        },
      })
    },
    contentType: registry.contentType,
    text: () => registry.metrics(),
  }
}
