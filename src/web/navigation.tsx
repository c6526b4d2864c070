import {
  AccountBookOutlined,
  AuditOutlined,
  BankOutlined,
  BarChartOutlined,
  BookOutlined,
  HomeOutlined,
  PhoneOutlined,
  SettingOutlined,
  ShoppingOutlined,
  TeamOutlined,
} from '@ant-design/icons'
import type { NavigationEntry } from './navigation-entry.ts'
import { pages } from './pages/index.ts'
import { paths } from './paths.ts'
import type { Session } from './session.tsx'

const entries: readonly NavigationEntry[] = [
  { word: 'nav.home', to: paths.home(), icon: <HomeOutlined />, keys: 'g h' },
  { word: 'nav.customers', to: paths.customers(), icon: <TeamOutlined />, keys: 'g c' },
  { word: 'nav.orders', to: paths.orders(), icon: <ShoppingOutlined />, keys: 'g o' },
  {
    word: 'nav.receivables',
    to: paths.receivables(),
    icon: <AccountBookOutlined />,
    children: [
      { word: 'nav.ledger', to: paths.receivables(), keys: 'g r' },
      { word: 'nav.ageing', to: paths.ageing(), keys: 'g a' },
      { word: 'nav.missingReceivables', to: paths.missingReceivables() },
      { word: 'nav.imports', to: paths.imports() },
    ],
  },
  {
    word: 'nav.receipts',
    to: paths.receipts(),
    icon: <BankOutlined />,
    children: [
      { word: 'nav.receiptList', to: paths.receipts(), keys: 'g b' },
      { word: 'nav.allocations', to: paths.allocations() },
    ],
  },
  { word: 'nav.reports', to: paths.reports(), icon: <BarChartOutlined />, keys: 'g d' },
  {
    word: 'nav.dunning',
    to: paths.dunningCases(),
    icon: <PhoneOutlined />,
    children: [
      { word: 'nav.dunningCases', to: paths.dunningCases(), keys: 'g w' },
      { word: 'nav.dunningRuns', to: paths.dunningRuns() },
      { word: 'nav.dunningBlocks', to: paths.dunningBlocks() },
      { word: 'nav.dunningLadders', to: paths.dunningLadders() },
      { word: 'nav.outbox', to: paths.messages() },
    ],
  },
  {
    word: 'nav.vouchers',
    to: paths.vouchers(),
    icon: <BookOutlined />,
    children: [
      { word: 'nav.voucherList', to: paths.vouchers() },
      { word: 'nav.trialBalance', to: paths.trialBalance() },
      { word: 'nav.periods', to: paths.periods() },
    ],
  },
  { word: 'nav.approvals', to: paths.approvals(), icon: <AuditOutlined />, count: 'approvals', keys: 'g p' },
  {
    word: 'nav.settings',
    to: paths.settings(),
    icon: <SettingOutlined />,
    children: [
      { word: 'nav.company', to: paths.companySettings() },
      { word: 'nav.people', to: paths.peopleSettings() },
      { word: 'nav.products', to: paths.products() },
      { word: 'nav.customerSettings', to: paths.customerSettings() },
      { word: 'nav.paymentTerms', to: paths.paymentTerms() },
      { word: 'nav.holidays', to: paths.holidays() },
      { word: 'nav.bookingRules', to: paths.bookingRules() },
      { word: 'nav.creditRules', to: paths.creditRules() },
      { word: 'nav.targets', to: paths.targets() },
      { word: 'nav.kpiBasis', to: paths.kpiBasis() },
      { word: 'nav.approvalRules', to: paths.approvalRules() },
      { word: 'nav.mailSettings', to: paths.mailSettings() },
      { word: 'nav.paymentMethods', to: paths.paymentMethods() },
      { word: 'nav.bankAccounts', to: paths.bankAccounts() },
      { word: 'nav.ageingBuckets', to: paths.ageingBuckets() },
      { word: 'nav.chartOfAccounts', to: paths.chartOfAccounts() },
      { word: 'nav.postingRules', to: paths.postingRules() },
      { word: 'nav.apiKeys', to: paths.apiKeys() },
      { word: 'nav.auditTrail', to: paths.auditTrail() },
      { word: 'nav.verify', to: paths.verify() },
      { word: 'nav.demo', to: paths.demo() },
    ],
  },
]

/** What this person sees: entries whose page exists and is permitted. A group leads to its first child. */
export function navigationFor(session: Pick<Session, 'permissions'>): NavigationEntry[] {
  return entries.flatMap((entry) => {
    if (!entry.children) return isOpen(entry.to, session) ? [entry] : []
    const children = entry.children.filter((child) => isOpen(child.to, session))
    const [only] = children
    return only === undefined ? [] : [{ ...entry, to: only.to, children }]
  })
}

function isOpen(to: string, session: Pick<Session, 'permissions'>): boolean {
  const page = pages.find((candidate) => candidate.path.pattern === to)
  return page !== undefined && (page.permission === undefined || session.permissions.includes(page.permission))
}
