import { missing, Problem } from '../../kernel/problem.ts'
import { uuid } from '../../kernel/uuid.ts'
import { changes } from '../../platform/audit.ts'
import type { Tx } from '../../platform/db.ts'
import { permissionsOf, roles } from '../people/roles.ts'
import { addRules, updateRules } from './approval.store.ts'
import type { ApprovalRule } from './approval-rule.ts'
import { ruleIssues } from './approval-rule.ts'
import { allRules, rulesById } from './approval-rules.query.ts'
import { standardRuleNames, standardRules } from './standard-rules.ts'

export type RuleInput = Omit<ApprovalRule, 'id' | 'position'>
/** Roles that a step may name. */
const decidingRoles = roles.filter((role) => permissionsOf(role).has('approvals.decide'))

/** Adds rules behind those that are there; ids in the order given. Throws approvals.ruleWrong with every faulty field. */
export async function createRules(tx: Tx, rules: readonly RuleInput[]): Promise<string[]> {
  for (const rule of rules) refuseFaults(tx, rule)
  const known = await allRules(tx)
  const last = Math.max(0, ...known.map(({ position }) => position))
  const added = rules.map((rule, index) => ({ ...rule, id: uuid(), position: last + (index + 1) * 10 }))
  addRules(tx, added)
  for (const { id, ...rule } of added) tx.audit({ action: 'approvals.ruleCreated', entity: 'approvalRule', entityId: id, after: rule })
  return added.map(({ id }) => id)
}

/** Changes rules as a whole; requests that are under way keep the steps they were opened with. */
export async function editRules(
  tx: Tx,
  wanted: readonly (RuleInput & { id: string; version: number; position: number; status: 'active' | 'off' })[],
): Promise<void> {
  const known = new Map(
    (
      await rulesById(
        tx,
        wanted.map(({ id }) => id),
      )
    ).map((rule) => [rule.id, rule]),
  )
  for (const rule of wanted) {
    const before = known.get(rule.id)
    if (!before || before.kind !== rule.kind) throw missing('approvalRule')
    if (before.version !== rule.version) throw new Problem('platform.staleVersion', {}, { kind: 'conflict' })
    refuseFaults(tx, rule)
    const { name, position, conditions, steps, status } = rule
    const changed = changes({ ...before }, { name, position, conditions, steps, status })
    tx.audit({ action: 'approvals.ruleEdited', entity: 'approvalRule', entityId: rule.id, before: changed?.before, after: changed?.after })
  }
  updateRules(tx, wanted)
}

/** For the founding of a company: the rules it starts with. Does nothing where rules are there already. */
export async function foundApprovalRules(tx: Tx): Promise<void> {
  if ((await allRules(tx)).length > 0) return
  const names = standardRuleNames[tx.caller.language] ?? {}
  const rules = standardRules.map((rule, index) => ({
    ...rule,
    name: names[rule.name] ?? rule.name,
    id: uuid(),
    position: (index + 1) * 10,
  }))
  addRules(tx, rules)
  tx.audit({ action: 'approvals.rulesFounded', entity: 'approvalRule', detail: { rules: rules.map(({ name }) => name) } })
}

function refuseFaults(tx: Tx, rule: RuleInput): void {
  const issues = ruleIssues(rule, tx.caller.baseCurrency, decidingRoles)
  if (issues.length > 0) throw new Problem('approvals.ruleWrong', {}, { kind: 'invalid', issues })
}
