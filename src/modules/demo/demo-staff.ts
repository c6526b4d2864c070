import type { Role } from '../people/roles.ts'

/** Somebody who works at the demo company. Their addresses are of a reserved domain; they have no password, so nobody signs in as them. */
export type DemoPerson = {
  readonly key: string
  readonly name: string
  readonly role: Role
  readonly dataScope: 'own' | 'team' | 'all'
  readonly team: 'east' | 'south' | null
}

export const demoTeams = { east: '华东与海外销售部', south: '南北区销售部' } as const

/** One administrator, finance, sales in two teams, an auditor: everybody whom a page can meet. Salespeople in the order of `salespeopleOf`. */
export const demoStaff: readonly DemoPerson[] = [
  { key: 'administrator', name: '沈若兰', role: 'administrator', dataScope: 'all', team: null },
  { key: 'financeManager', name: '陈静', role: 'financeManager', dataScope: 'all', team: null },
  { key: 'accountant', name: '王敏', role: 'arAccountant', dataScope: 'all', team: null },
  { key: 'cashier', name: '许佳怡', role: 'arAccountant', dataScope: 'all', team: null },
  { key: 'collector', name: '罗永强', role: 'collector', dataScope: 'all', team: null },
  { key: 'managerEast', name: '顾卫东', role: 'salesManager', dataScope: 'team', team: 'east' },
  { key: 'managerSouth', name: '潘国华', role: 'salesManager', dataScope: 'team', team: 'south' },
  { key: 'seller0', name: '李伟', role: 'salesperson', dataScope: 'own', team: 'east' },
  { key: 'seller1', name: '赵琳', role: 'salesperson', dataScope: 'own', team: 'east' },
  { key: 'seller2', name: '周俊峰', role: 'salesperson', dataScope: 'own', team: 'east' },
  { key: 'seller3', name: '黄文静', role: 'salesperson', dataScope: 'own', team: 'south' },
  { key: 'seller4', name: '梁振华', role: 'salesperson', dataScope: 'own', team: 'south' },
  { key: 'seller5', name: '孙志强', role: 'salesperson', dataScope: 'own', team: 'south' },
  { key: 'seller6', name: '马立新', role: 'salesperson', dataScope: 'own', team: 'south' },
  { key: 'seller7', name: '胡春燕', role: 'salesperson', dataScope: 'own', team: 'south' },
  { key: 'seller8', name: '唐思远', role: 'salesperson', dataScope: 'own', team: 'south' },
  { key: 'seller9', name: '林慧敏', role: 'salesperson', dataScope: 'own', team: 'east' },
  { key: 'auditor', name: '郑建国', role: 'auditor', dataScope: 'all', team: null },
]
export const SELLERS = 10
