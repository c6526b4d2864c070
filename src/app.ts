import { flow } from './flow.ts'
import { ageingHttp } from './modules/ageing/ageing.http.ts'
import { keepMonthEndsJob } from './modules/ageing/keep-month-ends.job.ts'
import { allocationsHttp } from './modules/allocations/allocations.http.ts'
import { approvalsHttp } from './modules/approvals/approvals.http.ts'
import { auditHttp } from './modules/company/audit.http.ts'
import { companyHttp } from './modules/company/company.http.ts'
import { filesHttp } from './modules/company/files.http.ts'
import { applyLimitsJob } from './modules/credit/apply-limits.job.ts'
import { creditHttp } from './modules/credit/credit.http.ts'
import { askForReviewsJob } from './modules/customers/ask-for-reviews.job.ts'
import { customersHttp } from './modules/customers/customers.http.ts'
import { demoHttp } from './modules/demo/demo.http.ts'
import { makeDemoJob } from './modules/demo/make-demo.job.ts'
import { dunningHttp } from './modules/dunning/dunning.http.ts'
import { prepareReminders } from './modules/dunning/prepare-reminders.command.ts'
import { runDunningJob } from './modules/dunning/run-dunning.job.ts'
import { tryOnHistoryHttp } from './modules/dunning/try-on-history.http.ts'
import { importsHttp } from './modules/imports/imports.http.ts'
import { runImports } from './modules/imports/run-import.job.ts'
import { mailSettingsHttp } from './modules/messages/mail-settings.http.ts'
import { messagesHttp } from './modules/messages/messages.http.ts'
import type { Preparers } from './modules/messages/prepare-messages.command.ts'
import { sendMessagesJob } from './modules/messages/send-messages.job.ts'
import { ordersHttp } from './modules/orders/orders.http.ts'
import { peopleHttp } from './modules/people/people.http.ts'
import { setUpHttp } from './modules/people/set-up.http.ts'
import { signInHttp } from './modules/people/sign-in.http.ts'
import { productsHttp } from './modules/products/products.http.ts'
import { receiptsHttp } from './modules/receipts/receipts.http.ts'
import { thankCustomer } from './modules/receipts/thank-customer.job.ts'
import { receivablesHttp } from './modules/receivables/receivables.http.ts'
import { customerOverviewHttp } from './modules/reports/customer-overview.http.ts'
import { homeHttp } from './modules/reports/home/home.http.ts'
import { keepOverdueReasonsJob } from './modules/reports/keep-overdue-reasons.job.ts'
import { keepKpiMonthsJob } from './modules/reports/kpi/keep-kpi-months.job.ts'
import { prepareReportMails } from './modules/reports/prepare-report-mails.command.ts'
import { reportSchedulesHttp } from './modules/reports/report-schedules.http.ts'
import { reportsHttp } from './modules/reports/reports.http.ts'
import { searchHttp } from './modules/reports/search.http.ts'
import { sendSchedulesJob } from './modules/reports/send-schedules.job.ts'
import { verifyHttp } from './modules/reports/verify.http.ts'
import { termsHttp } from './modules/terms/terms.http.ts'
import { vouchersHttp } from './modules/vouchers/vouchers.http.ts'
import type { Auth } from './platform/auth.ts'
import { startFlow } from './platform/events.ts'
import type { BoundRoute } from './platform/http.ts'
import { forgetIdempotencyKeys } from './platform/idempotency.ts'
import type { Job } from './platform/jobs.ts'
import type { MailAccess } from './platform/mail/mail-access.ts'

startFlow(flow)

/** Every module's routes, in the order of the money path. */
export const routes: readonly BoundRoute[] = [
  ...companyHttp,
  ...filesHttp,
  ...auditHttp,
  ...searchHttp,
  ...homeHttp,
  ...messagesHttp,
  ...approvalsHttp,
  ...customersHttp,
  ...productsHttp,
  ...termsHttp,
  ...creditHttp,
  ...customerOverviewHttp,
  ...ordersHttp,
  ...receiptsHttp,
  ...allocationsHttp,
  ...ageingHttp,
  ...receivablesHttp,
  ...vouchersHttp,
  ...dunningHttp,
  ...tryOnHistoryHttp,
  ...verifyHttp,
  ...reportsHttp,
  ...reportSchedulesHttp,
  ...importsHttp,
]

/** All routes of the program: those of the modules, and those that sign people in. */
export function routesWith(auth: Auth, mail: MailAccess): readonly BoundRoute[] {
  return [...signInHttp(auth), ...setUpHttp(auth), ...peopleHttp(auth), ...mailSettingsHttp(mail), ...routes, ...demoHttp(auth)]
}

/** Who looks at a message once more before it is sent, by its kind. */
const preparers: Preparers = { dunning: prepareReminders, reports: prepareReportMails }

/** Every kind of job. `publicUrl`: where links in mails lead. */
export function jobsWith(mail: MailAccess, publicUrl: string): readonly Job[] {
  return [
    applyLimitsJob,
    askForReviewsJob,
    thankCustomer,
    keepMonthEndsJob,
    keepKpiMonthsJob,
    keepOverdueReasonsJob,
    makeDemoJob,
    runDunningJob,
    sendSchedulesJob(publicUrl),
    runImports,
    forgetIdempotencyKeys,
    sendMessagesJob(preparers, mail),
  ]
}
