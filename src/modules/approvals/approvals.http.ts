import { formatMinor } from '../../kernel/money.ts'
import { type BoundRoute, read, write } from '../../platform/http.ts'
import { countRequests, type ListedRequest, listRequests, readRequest } from './approval-inbox.query.ts'
import { allRules } from './approval-rules.query.ts'
import * as api from './approvals.api.ts'
import { decideApprovals } from './decide-approvals.command.ts'
import { delegateApprovals, revokeDelegation } from './delegate-approvals.command.ts'
import { ownDelegations } from './delegations.query.ts'
import { createRules, editRules } from './edit-rules.command.ts'
import { withdrawRequests } from './withdraw-approvals.command.ts'

const ok = { ok: true } as const

export const approvalsHttp: BoundRoute[] = [
  read(api.listApprovals, async (reader, { query }) => {
    const { items, sumBase, ...rest } = await listRequests(reader, query)
    return {
      ...rest,
      items: items.map((item) => shown(item, reader.caller.baseCurrency)),
      sumBase: formatMinor(sumBase, reader.caller.baseCurrency),
    }
  }),
  read(api.countApprovals, (reader) => countRequests(reader)),
  read(api.getApproval, async (reader, { params }) => {
    const { decisions, ...request } = await readRequest(reader, params.id)
    return {
      ...shown(request, reader.caller.baseCurrency),
      decisions: decisions.map((one) => ({ ...one, decidedAt: one.decidedAt.toISOString() })),
    }
  }),
  write(api.decide, async (tx, { body }) => {
    await decideApprovals(tx, body.decisions)
    return ok
  }),
  write(api.withdraw, async (tx, { params, body }) => {
    await withdrawRequests(tx, [{ id: params.id, version: body.version }])
    return ok
  }),
  read(api.listRules, async (reader) => ({ items: (await allRules(reader)) as never })),
  write(api.createRule, async (tx, { body }) => ({ id: (await createRules(tx, [body as never]))[0]! })),
  write(api.editRule, async (tx, { params, body }) => {
    await editRules(tx, [{ ...(body as never as Parameters<typeof editRules>[1][number]), id: params.id }])
    return ok
  }),
  read(api.listDelegations, async (reader) => ({
    items: (await ownDelegations(reader)).map((one) => ({ ...one, revokedAt: one.revokedAt?.toISOString() ?? null })),
  })),
  write(api.createDelegation, async (tx, { body }) => ({ id: (await delegateApprovals(tx, [body]))[0]! })),
  write(api.revoke, async (tx, { params }) => {
    await revokeDelegation(tx, params.id)
    return ok
  }),
]

function shown({ requestedAt, decidedAt, amountBase, summary, steps, ...rest }: ListedRequest, currency: string) {
  return {
    ...rest,
    summary: summary as never,
    steps: steps.map(({ role, rules }) => ({ role, rules: [...rules] })),
    amountBase: formatMinor(amountBase, currency),
    requestedAt: requestedAt.toISOString(),
    decidedAt: decidedAt?.toISOString() ?? null,
  }
}
