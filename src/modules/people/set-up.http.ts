import type { Auth } from '../../platform/auth.ts'
import { type BoundRoute, handle } from '../../platform/http.ts'
import { originOf } from './authenticate.query.ts'
import * as api from './set-up.api.ts'
import { isWaitingForCompany, setUp } from './set-up.command.ts'
import { setCookies } from './sign-in.http.ts'

/** The first visit. The administrator is signed in with the answer. */
export function setUpHttp(auth: Auth): readonly BoundRoute[] {
  return [
    handle(api.getSetUp, async ({ db }) => ({ waiting: await isWaitingForCompany(db) })),
    handle(api.postSetUp, async ({ db, request, reply }, { body: { withKey, ...given } }) => {
      const { apiKey } = await setUp(db, auth, given, { withKey, from: { ip: request.ip, requestId: request.id } })
      if (!withKey) setCookies(reply, (await auth.signIn(given.email, given.password, originOf(request))).cookies)
      reply.code(201)
      return { apiKey: apiKey ?? null }
    }),
  ]
}
