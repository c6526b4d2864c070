import { type PageRoute, pageRoute } from '../../page-route.ts'
import { paths } from '../../paths.ts'

export const messagePages: PageRoute[] = [
  pageRoute({
    path: paths.messages,
    title: 'messages:title',
    permission: 'messages.view',
    load: () => import('./outbox-page.tsx').then((m) => m.OutboxPage),
  }),
  pageRoute({
    path: paths.message,
    title: 'messages:one',
    permission: 'messages.view',
    load: () => import('./message-page.tsx').then((m) => m.MessagePage),
  }),
  pageRoute({
    path: paths.mailSettings,
    title: 'messages:settings.title',
    permission: 'messages.edit',
    load: () => import('./mail-settings-page.tsx').then((m) => m.MailSettingsPage),
  }),
]
