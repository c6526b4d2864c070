import type { PageRoute } from '../page-route.ts'
import { accountPages } from './account/routes.ts'
import { auditPages } from './audit/routes.ts'
import { homePages } from './home/routes.ts'
import { peoplePages } from './people/routes.ts'
import { receivablePages } from './receivables/routes.ts'
import { settingsPages } from './settings/routes.ts'
import { setUpPages } from './setup/routes.ts'
import { signInPages } from './sign-in/routes.ts'
import { voucherPages } from './vouchers/routes.ts'

/** Every page of the web app: one line a module. */
export const pages: readonly PageRoute[] = [
  ...homePages,
  ...receivablePages,
  ...voucherPages,
  ...peoplePages,
  ...settingsPages,
  ...auditPages,
  ...accountPages,
  ...setUpPages,
  ...signInPages,
]
