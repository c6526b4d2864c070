import type { PageRoute } from '../page-route.ts'
import { homePages } from './home/routes.ts'
import { peoplePages } from './people/routes.ts'
import { setUpPages } from './setup/routes.ts'
import { signInPages } from './sign-in/routes.ts'

/** Every page of the web app: one line a module. */
export const pages: readonly PageRoute[] = [...homePages, ...peoplePages, ...setUpPages, ...signInPages]
