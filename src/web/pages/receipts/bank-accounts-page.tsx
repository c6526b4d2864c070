import { Button, Form, Input, Select } from 'antd'
import { type ReactNode, useState } from 'react'
import { currencies } from '../../../kernel/currency.ts'
import { addBankAccount, editBankAccount, listBankAccounts } from '../../../modules/receipts/receipt-methods.api.ts'
import type { Answer } from '../../api.ts'
import { useAction, useApi } from '../../queries.ts'
import { useSession } from '../../session.tsx'
import { CutText } from '../../ui/cut-text.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { Panel } from '../../ui/panel.tsx'
import { Status } from '../../ui/status.tsx'
import { useWords } from '../../words.ts'
import { MasterForm } from './master-form.tsx'

type Account = Answer<typeof listBankAccounts>['items'][number]
type Edited = Omit<Account, 'id' | 'version'> & { id?: string; version?: number }

/** 自有账户: where our money arrives, and the ledger account that each stands for. */
export function BankAccountsPage() {
  const words = useWords('receipts')
  const { company } = useSession()
  const query = useApi(listBankAccounts)
  const [edited, setEdited] = useState<Edited>()
  const fresh: Edited = { name: '', bank: '', accountNo: '', currency: company.baseCurrency, account: '1002', status: 'active' }
  const add = (
    <Button type="primary" onClick={() => setEdited(fresh)}>
      {words('addAccount')}
    </Button>
  )
  return (
    <>
      <PageHead title={words('accountsTitle')} meta={words('accountsMeta')} actions={add} />
      <Panel flush>
        <Loaded query={query}>
          {({ items }) => (
            <Accounts
              items={items}
              onEdit={setEdited}
              empty={<EmptyState title={words('noAccounts')} text={words('noAccountsText')} action={add} />}
            />
          )}
        </Loaded>
      </Panel>
      {edited ? <AccountForm account={edited} onClose={() => setEdited(undefined)} /> : null}
    </>
  )
}

function Accounts({ items, onEdit, empty }: { items: readonly Account[]; onEdit: (account: Account) => void; empty: ReactNode }) {
  const words = useWords('receipts')
  const shared = useWords('shared')
  return (
    <DataTable
      name="bank-accounts"
      label={words('accountsTitle')}
      rows={items}
      rowKey={(row) => row.id}
      empty={empty}
      columns={[
        { key: 'name', title: words('accountName'), render: (row) => <CutText text={row.name} /> },
        { key: 'bank', title: words('bank'), render: (row) => row.bank },
        { key: 'accountNo', title: words('accountNo'), render: (row) => <span className="nowrap">{row.accountNo}</span> },
        { key: 'currency', title: words('fields.currency'), render: (row) => row.currency },
        { key: 'account', title: words('ledgerAccount'), render: (row) => row.account },
        { key: 'status', title: words('fields.status'), render: (row) => <Status word={row.status} plain /> },
        {
          key: 'edit',
          title: '',
          align: 'right',
          render: (row) => (
            <Button size="small" type="link" onClick={() => onEdit(row)}>
              {shared('edit')}
            </Button>
          ),
        },
      ]}
    />
  )
}

function AccountForm({ account, onClose }: { account: Edited; onClose: () => void }) {
  const words = useWords('receipts')
  const shared = useWords('shared')
  const add = useAction(addBankAccount)
  const edit = useAction(editBankAccount)
  const required = [{ required: true, message: shared('form.required') }]
  const save = ({ id, version, status, ...fields }: Edited) =>
    id === undefined || version === undefined
      ? add.mutateAsync({ body: fields })
      : edit.mutateAsync({ params: { id }, body: { ...fields, status, version } })
  return (
    <MasterForm<Edited> title={account.id ? account.name : words('addAccount')} initial={account} onSave={save} onClose={onClose}>
      <Form.Item name="name" label={words('accountName')} rules={required}>
        <Input maxLength={80} />
      </Form.Item>
      <Form.Item name="bank" label={words('bank')}>
        <Input maxLength={80} />
      </Form.Item>
      <Form.Item name="accountNo" label={words('accountNo')} rules={required}>
        <Input maxLength={40} />
      </Form.Item>
      <Form.Item name="currency" label={words('fields.currency')}>
        <Select showSearch options={currencies.map((value) => ({ value, label: value }))} />
      </Form.Item>
      <Form.Item name="account" label={words('ledgerAccount')} rules={required} extra={words('ledgerAccountHelp')}>
        <Input maxLength={20} />
      </Form.Item>
      {account.id ? (
        <Form.Item name="status" label={words('fields.status')}>
          <Select options={(['active', 'disabled'] as const).map((value) => ({ value, label: shared(`status.${value}`) }))} />
        </Form.Item>
      ) : null}
    </MasterForm>
  )
}
