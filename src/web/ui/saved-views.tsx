import { SaveOutlined, SettingOutlined } from '@ant-design/icons'
import { App, Button, Checkbox, Form, Input, Popover, Select } from 'antd'
import { useState } from 'react'
import { getViews, postView } from '../../modules/people/inbox.api.ts'
import type { Filters } from '../filters.ts'
import { useAction, useApi } from '../queries.ts'
import { useSession } from '../session.tsx'
import { problemSentence, useWords } from '../words.ts'
import { ManageViews } from './manage-views.tsx'

type Values = Record<string, string>

/** Views of a page, first in its filter row: the person's own, then those that the company shares, each with its maker. `page` names it, `defaults` are its filters without a view. */
export function SavedViews<V extends Values>({ page, filters, defaults }: { page: string; filters: Filters<V>; defaults: V }) {
  const words = useWords('shared')
  const views = useApi(getViews, { query: { page } })
  const [managing, setManaging] = useState(false)
  const items = views.data?.items ?? []
  if (items.length === 0) return null
  const chosen = items.find((view) => same(view.query, filters.values, defaults))
  const groups = [
    { label: words('views.own'), options: items.filter(({ mine }) => mine).map(({ id, name }) => ({ value: id, label: name })) },
    {
      label: words('views.shared'),
      options: items.filter(({ mine }) => !mine).map(({ id, name, madeBy }) => ({ value: id, label: `${name} · ${madeBy}` })),
    },
  ]
  return (
    <span className="row">
      <Select
        className="saved-views"
        variant="filled"
        aria-label={words('views.label')}
        placeholder={words('views.choose')}
        popupMatchSelectWidth={false}
        value={chosen?.id ?? null}
        onChange={(id: string) => filters.set({ ...defaults, ...(items.find((view) => view.id === id)?.query as Partial<V>) })}
        options={groups.filter(({ options }) => options.length > 0)}
      />
      <Button type="text" icon={<SettingOutlined />} aria-label={words('views.manage')} onClick={() => setManaging(true)} />
      <ManageViews views={items} open={managing} onClose={() => setManaging(false)} />
    </span>
  )
}

/** Saves the filters as they are under a name; for the company too, by whom that is allowed. */
export function SaveView({ page, values }: { page: string; values: Values }) {
  const words = useWords('shared')
  const { may } = useSession()
  const { message } = App.useApp()
  const [open, setOpen] = useState(false)
  const save = useAction(postView, {
    onDone: () => {
      setOpen(false)
      void message.success(words('views.saved'))
    },
  })
  type Form = { name: string; shared?: boolean }
  const form = (
    <Form layout="vertical" onFinish={({ name, shared = false }: Form) => save.mutate({ body: { page, name, query: values, shared } })}>
      <Form.Item
        name="name"
        label={words('views.name')}
        rules={[{ required: true, max: 60 }]}
        {...(save.error ? { help: problemSentence(save.error), validateStatus: 'error' as const } : {})}
      >
        <Input autoFocus />
      </Form.Item>
      {may('people.shareViews') ? (
        <Form.Item name="shared" valuePropName="checked">
          <Checkbox>{words('views.share')}</Checkbox>
        </Form.Item>
      ) : null}
      <Button htmlType="submit" loading={save.isPending}>
        {words('views.save')}
      </Button>
    </Form>
  )
  return (
    <Popover trigger="click" open={open} onOpenChange={setOpen} content={form} destroyOnHidden>
      <Button icon={<SaveOutlined />}>{words('views.save')}</Button>
    </Popover>
  )
}

function same(query: Record<string, unknown>, values: Values, defaults: Values): boolean {
  return Object.entries({ ...defaults, ...query }).every(([name, value]) => values[name] === value)
}
