import { Button, Form, Input, InputNumber, Switch } from 'antd'
import { customerCode } from '../../../modules/customers/customer-code.ts'
import {
  createRegion,
  listRegions,
  readCustomerSettings,
  renameRegion,
  saveCustomerSettings,
} from '../../../modules/customers/customer-file.api.ts'
import type { Answer } from '../../api.ts'
import { useAction, useApi } from '../../queries.ts'
import { useSession } from '../../session.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { Panel } from '../../ui/panel.tsx'
import { useWords } from '../../words.ts'

type Settings = Answer<typeof readCustomerSettings>

/** Code scheme, review interval and regions. */
export function CustomerSettingsPage() {
  const words = useWords('customers')
  const settings = useApi(readCustomerSettings)
  return (
    <>
      <PageHead title={words('settings.title')} meta={words('settings.meta')} />
      <div className="halves">
        <Loaded query={settings}>{(data) => <SchemePanel key={data.version} settings={data} />}</Loaded>
        <RegionsPanel />
      </div>
    </>
  )
}

function SchemePanel({ settings }: { settings: Settings }) {
  const words = useWords('customers')
  const { may } = useSession()
  const [form] = Form.useForm<Settings>()
  const scheme = Form.useWatch('codeScheme', form) ?? settings.codeScheme
  const save = useAction(saveCustomerSettings)
  const disabled = !may('company.edit')
  return (
    <Panel title={words('settings.scheme')}>
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        disabled={disabled}
        initialValues={settings}
        onFinish={(values) => save.mutate({ body: { ...values, version: settings.version } })}
      >
        <Form.Item name={['codeScheme', 'automatic']} label={words('settings.automatic')} valuePropName="checked">
          <Switch />
        </Form.Item>
        <Form.Item name={['codeScheme', 'prefix']} label={words('settings.prefix')}>
          <Input maxLength={10} />
        </Form.Item>
        <Form.Item
          name={['codeScheme', 'digits']}
          label={words('settings.digits')}
          extra={words('settings.example', { code: customerCode(scheme, 217n) })}
        >
          <InputNumber min={3} max={12} />
        </Form.Item>
        <Form.Item name="reviewMonths" label={words('settings.reviewMonths')} extra={words('settings.reviewHelp')}>
          <InputNumber min={0} max={60} />
        </Form.Item>
        {save.error ? <ErrorState problem={save.error} /> : null}
        <Button type="primary" htmlType="submit" loading={save.isPending}>
          {words('shared:save')}
        </Button>
      </Form>
    </Panel>
  )
}

function RegionsPanel() {
  const words = useWords('customers')
  const regions = useApi(listRegions)
  const add = useAction(createRegion)
  const rename = useAction(renameRegion)
  const [form] = Form.useForm<{ name: string }>()
  const problem = add.error ?? rename.error
  return (
    <Panel title={words('settings.regions')} flush>
      <Loaded query={regions}>
        {({ items }) => (
          <DataTable
            name="regions"
            label={words('settings.regions')}
            rows={items}
            rowKey={(row) => row.id}
            empty={<EmptyState title={words('settings.noRegions')} />}
            columns={[
              {
                key: 'name',
                title: words('fields.region'),
                render: (row) => (
                  <Input
                    key={`${row.id} ${row.version}`}
                    defaultValue={row.name}
                    variant="borderless"
                    aria-label={words('fields.region')}
                    onBlur={(event) =>
                      event.target.value.trim() &&
                      event.target.value.trim() !== row.name &&
                      rename.mutate({ params: { id: row.id }, body: { version: row.version, name: event.target.value } })
                    }
                  />
                ),
              },
              { key: 'customers', title: words('title'), align: 'right', width: 90, render: (row) => row.customers },
            ]}
          />
        )}
      </Loaded>
      {problem ? <ErrorState problem={problem} /> : null}
      <Form
        form={form}
        className="panel-body"
        layout="inline"
        onFinish={(body) => add.mutate({ body }, { onSuccess: () => form.resetFields() })}
      >
        <Form.Item name="name" rules={[{ required: true, message: words('shared:form.required') }]}>
          <Input maxLength={60} placeholder={words('settings.newRegion')} aria-label={words('settings.newRegion')} />
        </Form.Item>
        <Form.Item>
          <Button htmlType="submit" loading={add.isPending}>
            {words('shared:add')}
          </Button>
        </Form.Item>
      </Form>
    </Panel>
  )
}
