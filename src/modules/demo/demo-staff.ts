import type { Role } from '../people/roles.ts'

/** Somebody who works at the demo company. Their addresses are of a reserved domain; they have no password, so nobody signs in as them. */
type DemoPerson = {
  readonly key: string
  readonly role: Role
  readonly dataScope: 'own' | 'team' | 'all'
  readonly team: DemoTeam | null
}

export type DemoTeam = 'east' | 'south'

/** One administrator, finance, sales in two teams, an auditor: everybody whom a page can meet. Salespeople in the order of `salespeopleOf`. */
export const demoStaff = [
  { key: 'administrator', role: 'administrator', dataScope: 'all', team: null },
  { key: 'financeManager', role: 'financeManager', dataScope: 'all', team: null },
  { key: 'accountant', role: 'arAccountant', dataScope: 'all', team: null },
  { key: 'cashier', role: 'arAccountant', dataScope: 'all', team: null },
  { key: 'collector', role: 'collector', dataScope: 'all', team: null },
  { key: 'managerEast', role: 'salesManager', dataScope: 'team', team: 'east' },
  { key: 'managerSouth', role: 'salesManager', dataScope: 'team', team: 'south' },
  { key: 'seller0', role: 'salesperson', dataScope: 'own', team: 'east' },
  { key: 'seller1', role: 'salesperson', dataScope: 'own', team: 'east' },
  { key: 'seller2', role: 'salesperson', dataScope: 'own', team: 'east' },
  { key: 'seller3', role: 'salesperson', dataScope: 'own', team: 'south' },
  { key: 'seller4', role: 'salesperson', dataScope: 'own', team: 'south' },
  { key: 'seller5', role: 'salesperson', dataScope: 'own', team: 'south' },
  { key: 'seller6', role: 'salesperson', dataScope: 'own', team: 'south' },
  { key: 'seller7', role: 'salesperson', dataScope: 'own', team: 'south' },
  { key: 'seller8', role: 'salesperson', dataScope: 'own', team: 'south' },
  { key: 'seller9', role: 'salesperson', dataScope: 'own', team: 'east' },
  { key: 'auditor', role: 'auditor', dataScope: 'all', team: null },
] as const satisfies readonly DemoPerson[]
export type DemoStaffKey = (typeof demoStaff)[number]['key']
export const SELLERS = 10
