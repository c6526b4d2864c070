import type { PageRoute } from '../page-route.ts'
import { accountPages } from './account/routes.ts'
import { ageingPages } from './ageing/routes.ts'
import { allocationPages } from './allocations/routes.ts'
import { approvalPages } from './approvals/routes.ts'
import { auditPages } from './audit/routes.ts'
import { creditPages } from './credit/routes.ts'
import { customerPages } from './customers/routes.ts'
import { dunningPages } from './dunning/routes.ts'
import { homePages } from './home/routes.ts'
import { importPages } from './imports/routes.ts'
import { messagePages } from './messages/routes.ts'
import { orderPages } from './orders/routes.ts'
import { peoplePages } from './people/routes.ts'
import { productPages } from './products/routes.ts'
import { receiptPages } from './receipts/routes.ts'
import { receivablePages } from './receivables/routes.ts'
import { reportPages } from './reports/routes.ts'
import { settingsPages } from './settings/routes.ts'
import { setUpPages } from './setup/routes.ts'
import { signInPages } from './sign-in/routes.ts'
import { termsPages } from './terms/routes.ts'
import { voucherPages } from './vouchers/routes.ts'

/** Every page of the web app: one line a module. */
export const pages: readonly PageRoute[] = [
  ...homePages,
  ...approvalPages,
  ...orderPages,
  ...productPages,
  ...customerPages,
  ...termsPages,
  ...creditPages,
  ...receivablePages,
  ...importPages,
  ...receiptPages,
  ...allocationPages,
  ...ageingPages,
  ...dunningPages,
  ...messagePages,
  ...voucherPages,
  ...peoplePages,
  ...settingsPages,
  ...auditPages,
  ...reportPages,
  ...accountPages,
  ...setUpPages,
  ...signInPages,
]
