import { type PageRoute, pageRoute } from '../../page-route.ts'
import { paths } from '../../paths.ts'

export const signInPages: PageRoute[] = [
  pageRoute({
    path: paths.signIn,
    bare: true,
    title: 'people:signIn.title',
    load: () => import('./sign-in-page.tsx').then((m) => m.SignInPage),
  }),
  pageRoute({
    path: paths.invitation,
    bare: true,
    title: 'people:invitation.title',
    load: () => import('./invitation-page.tsx').then((m) => m.InvitationPage),
  }),
]
