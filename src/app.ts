import { flow } from './flow.ts'
import { startFlow } from './platform/events.ts'
import { approvalsHttp } from './modules/approvals/approvals.http.ts'
import { productsHttp } from './modules/products/products.http.ts'
import type { BoundRoute } from './platform/http.ts'
import type { Job } from './platform/jobs.ts'

startFlow(flow)

/** Every module's routes, in the order of the money path. */
export const routes: readonly BoundRoute[] = [...approvalsHttp, ...productsHttp]

/** Every kind of job. */
export const jobs: readonly Job[] = []
