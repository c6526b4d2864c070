export type Colleague = { readonly id: string; readonly name: string; readonly phone: string | null; readonly role: string }
/** Who works on dunning: everybody active, collectors and finance managers in a fixed order; where there is no finance manager, administrators stand in for them. */
export type Colleagues = {
  readonly byId: ReadonlyMap<string, Colleague>
  readonly collectors: readonly Colleague[]
  readonly financeManagers: readonly Colleague[]
}

/**
 * Who gets a case that is escalated: who has it already; else the collectors, customer by customer in turn (the same customer always the same one while the collectors stay the same);
 * without collectors the finance managers. undefined where there is neither.
 */
export function collectorFor(
  { byId, collectors, financeManagers }: Colleagues,
  customerId: string,
  known: string | null,
): Colleague | undefined {
  const before = known === null ? undefined : byId.get(known)
  if (before !== undefined) return before
  const choice = collectors.length > 0 ? collectors : financeManagers
  return choice[Number.parseInt(customerId.slice(-6), 16) % Math.max(1, choice.length)]
}

/** The customer's salesperson; without one who is still there, a finance manager, so that nobody's debt is nobody's business. */
export function salespersonFor({ byId, financeManagers }: Colleagues, salespersonId: string | null): Colleague | undefined {
  return (salespersonId === null ? undefined : byId.get(salespersonId)) ?? financeManagers[0]
}
