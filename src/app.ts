import { flow } from './flow.ts'
import { approvalsHttp } from './modules/approvals/approvals.http.ts'
import { companyHttp } from './modules/company/company.http.ts'
import { peopleHttp } from './modules/people/people.http.ts'
import { setUpHttp } from './modules/people/set-up.http.ts'
import { signInHttp } from './modules/people/sign-in.http.ts'
import { productsHttp } from './modules/products/products.http.ts'
import { receivablesHttp } from './modules/receivables/receivables.http.ts'
import { vouchersHttp } from './modules/vouchers/vouchers.http.ts'
import type { Auth } from './platform/auth.ts'
import { startFlow } from './platform/events.ts'
import { allocationsHttp } from './modules/allocations/allocations.http.ts'
import { receiptsHttp } from './modules/receipts/receipts.http.ts'
import { thankCustomer } from './modules/receipts/thank-customer.job.ts'
import type { BoundRoute } from './platform/http.ts'
import type { Job } from './platform/jobs.ts'

startFlow(flow)

/** Every module's routes, in the order of the money path. */
export const routes: readonly BoundRoute[] = [...companyHttp, ...approvalsHttp, ...productsHttp, ...receiptsHttp, ...allocationsHttp, ...receivablesHttp, ...vouchersHttp]

/** All routes of the program: those of the modules, and those that sign people in. */
export function routesWith(auth: Auth): readonly BoundRoute[] {
  return [...signInHttp(auth), ...setUpHttp(auth), ...peopleHttp(auth), ...routes]
}

/** Every kind of job. */
export const jobs: readonly Job[] = [thankCustomer]
