import { expect, it } from 'vitest'
import { createMetrics } from './metrics.ts'

it('shows requests by route, jobs by task, and what is watched', async () => {
  const metrics = createMetrics()
  metrics.observe('/api/customers/:id', 'GET', 200, 0.02)
  metrics.observe('/api/customers/:id', 'GET', 503, 0.5)
  metrics.job('allocate', 'done', 1.5)
  let waiting = 3
  metrics.watch('jobs_waiting', 'Jobs not yet started', () => waiting)
  waiting = 4
  const text = await metrics.text()
  expect(text).toContain('huikuan_http_request_seconds_count{method="GET",route="/api/customers/:id",status="200"} 1')
  expect(text).toContain('huikuan_http_failures_total{route="/api/customers/:id"} 1')
  expect(text).toContain('huikuan_job_seconds_sum{task="allocate",outcome="done"} 1.5')
  expect(text).toContain('huikuan_jobs_waiting 4')
  expect(metrics.contentType).toContain('text/plain')
})
