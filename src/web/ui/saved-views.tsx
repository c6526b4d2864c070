import { DeleteOutlined, SaveOutlined } from '@ant-design/icons'
import { App, Button, Form, Input, Popover, Select } from 'antd'
import { useState } from 'react'
import { deleteView, getViews, postView } from '../../modules/people/inbox.api.ts'
import type { Filters } from '../filters.ts'
import { useAction, useApi } from '../queries.ts'
import { problemSentence, useWords } from '../words.ts'

type Values = Record<string, string>

/** The person's own views of a page, first in its filter row; `page` names it, `defaults` are its filters without a view. */
export function SavedViews<V extends Values>({ page, filters, defaults }: { page: string; filters: Filters<V>; defaults: V }) {
  const words = useWords('shared')
  const views = useApi(getViews, { query: { page } })
  const remove = useAction(deleteView)
  const items = views.data?.items ?? []
  if (items.length === 0) return null
  const chosen = items.find((view) => same(view.query, filters.values, defaults))
  return (
    <Select
      className="saved-views"
      variant="filled"
      aria-label={words('views.label')}
      placeholder={words('views.choose')}
      value={chosen?.id ?? null}
      onChange={(id: string) => filters.set({ ...defaults, ...(items.find((view) => view.id === id)?.query as Partial<V>) })}
      options={items.map((view) => ({ value: view.id, label: view.name }))}
      optionRender={(option) => (
        <span className="row between">
          {option.label}
          <Button
            size="small"
            type="text"
            icon={<DeleteOutlined />}
            aria-label={words('views.remove')}
            onClick={(event) => {
              event.stopPropagation()
              remove.mutate({ params: { id: String(option.value) } })
            }}
          />
        </span>
      )}
    />
  )
}

/** Saves the filters as they are under a name. */
export function SaveView({ page, values }: { page: string; values: Values }) {
  const words = useWords('shared')
  const { message } = App.useApp()
  const [open, setOpen] = useState(false)
  const save = useAction(postView, {
    onDone: () => {
      setOpen(false)
      void message.success(words('views.saved'))
    },
  })
  const form = (
    <Form layout="vertical" onFinish={({ name }: { name: string }) => save.mutate({ body: { page, name, query: values } })}>
      <Form.Item
        name="name"
        label={words('views.name')}
        rules={[{ required: true, max: 60 }]}
        {...(save.error ? { help: problemSentence(save.error), validateStatus: 'error' as const } : {})}
      >
        <Input autoFocus />
      </Form.Item>
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
