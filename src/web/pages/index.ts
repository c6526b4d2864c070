import type { PageRoute } from '../page-route.ts'
import { homePages } from './home/routes.ts'

/** Every page of the web app: one line a module. */
export const pages: readonly PageRoute[] = [...homePages]
