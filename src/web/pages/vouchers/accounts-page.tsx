import { PlusOutlined } from '@ant-design/icons'
import { App, Button, Form, Input, Modal, Select } from 'antd'
import { useState } from 'react'
import { addAccount, editAccount, listAccounts } from '../../../modules/vouchers/vouchers.api.ts'
import type { Answer } from '../../api.ts'
import { usePreferences } from '../../preferences.ts'
import { useAction, useApi } from '../../queries.ts'
import { useSession } from '../../session.tsx'
import type { Column } from '../../ui/column.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { Panel } from '../../ui/panel.tsx'
import { Status } from '../../ui/status.tsx'
import { useWords } from '../../words.ts'

type Account = Answer<typeof listAccounts>['items'][number]
const kinds = ['asset', 'liability', 'equity', 'income', 'expense'] as const
const languages = ['zh-CN', 'zh-TW', 'en'] as const

/** 会计科目: names, new accounts, in use or not. Codes never change: vouchers carry them. */
export function AccountsPage() {
  const words = useWords('vouchers')
  const { may } = useSession()
  const [chosen, setChosen] = useState<Account | 'new'>()
  const query = useApi(listAccounts)
  const columns = useAccountColumns(setChosen)
  return (
    <>
      <PageHead
        title={words('accounts')}
        actions={
          may('vouchers.editRules') ? (
            <Button type="primary" icon={<PlusOutlined />} onClick={() => setChosen('new')}>
              {words('addAccount')}
            </Button>
          ) : null
        }
      />
      <Loaded query={query} rows={12}>
        {(data) => (
          <Panel flush>
            <DataTable
              name="accounts"
              label={words('accounts')}
              columns={columns}
              rows={data.items}
              rowKey={(row) => row.code}
              empty={null}
            />
          </Panel>
        )}
      </Loaded>
      {chosen === undefined ? null : <AccountDialog account={chosen === 'new' ? undefined : chosen} onClose={() => setChosen(undefined)} />}
    </>
  )
}

function useAccountColumns(onEdit: (account: Account) => void): Column<Account>[] {
  const words = useWords('vouchers')
  const shared = useWords('shared')
  const { may } = useSession()
  const { language } = usePreferences()
  return [
    { key: 'code', title: words('code'), render: (row) => row.code },
    { key: 'name', title: words('name'), render: (row) => row.name[language] || row.name['zh-CN'] },
    { key: 'kind', title: words('kind'), render: (row) => words(`kinds.${row.kind}`) },
    { key: 'status', title: words('status'), render: (row) => <Status word={row.status} text={words(row.status)} plain /> },
    {
      key: 'edit',
      title: '',
      align: 'right',
      render: (row) =>
        may('vouchers.editRules') ? (
          <Button type="link" size="small" onClick={() => onEdit(row)}>
            {shared('edit')}
          </Button>
        ) : null,
    },
  ]
}

type Values = { code: string; kind: Account['kind']; status: Account['status']; name: Account['name'] }

function AccountDialog({ account, onClose }: { account: Account | undefined; onClose: () => void }) {
  const words = useWords('vouchers')
  const shared = useWords('shared')
  const { message } = App.useApp()
  const [form] = Form.useForm<Values>()
  const onDone = () => {
    void message.success(words('saved'))
    onClose()
  }
  const adding = useAction(addAccount, { onDone })
  const editing = useAction(editAccount, { onDone })
  const problem = adding.error ?? editing.error
  const save = ({ code, kind, status, name }: Values) => {
    const full = { 'zh-CN': name['zh-CN'], 'zh-TW': name['zh-TW'] ?? '', en: name.en ?? '' }
    if (account === undefined) adding.mutate({ body: { code, kind, name: full } })
    else editing.mutate({ params: { code: account.code }, body: { name: full, status, version: account.version } })
  }
  return (
    <Modal
      open
      title={account === undefined ? words('addAccount') : words('editAccount', { code: account.code })}
      okText={shared('save')}
      cancelText={shared('cancel')}
      confirmLoading={adding.isPending || editing.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <Form<Values> form={form} layout="vertical" requiredMark={false} initialValues={account ?? { kind: 'asset' }} onFinish={save}>
        {account === undefined ? (
          <>
            <Form.Item
              name="code"
              label={words('code')}
              rules={[{ required: true, pattern: /^\d{3,12}$/, message: words('problems.accountCode') }]}
            >
              <Input inputMode="numeric" maxLength={12} />
            </Form.Item>
            <Form.Item name="kind" label={words('kind')}>
              <Select options={kinds.map((value) => ({ value, label: words(`kinds.${value}`) }))} />
            </Form.Item>
          </>
        ) : (
          <Form.Item name="status" label={words('status')}>
            <Select options={(['active', 'disabled'] as const).map((value) => ({ value, label: words(value) }))} />
          </Form.Item>
        )}
        {languages.map((language) => (
          <Form.Item
            key={language}
            name={['name', language]}
            label={words(`nameIn.${language}`)}
            rules={language === 'zh-CN' ? [{ required: true, whitespace: true, message: shared('form.required') }] : []}
          >
            <Input maxLength={80} />
          </Form.Item>
        ))}
      </Form>
      {problem ? <ErrorState problem={problem} /> : null}
    </Modal>
  )
}
