import { DeleteOutlined, SaveOutlined } from '@ant-design/icons'
import { App, Button, Form, Input, Popover, Select } from 'antd'
import { useState } from 'react'
import { deleteView, getViews, postView } from '../../../modules/people/inbox.api.ts'
import { useAction, useApi } from '../../queries.ts'
import { problemSentence, useWords } from '../../words.ts'
import { type AgeingFilters, type AgeingValues, ageingDefaults } from './ageing-question.ts'

const PAGE = 'ageing'

/** The person's own views of this page, first in the filter row. */
export function SavedViews({ filters }: { filters: AgeingFilters }) {
  const words = useWords('ageing')
  const views = useApi(getViews, { query: { page: PAGE } })
  const remove = useAction(deleteView)
  const items = views.data?.items ?? []
  if (items.length === 0) return null
  const chosen = items.find((view) => same(view.query, filters.values))
  return (
    <Select
      className="ageing-views"
      variant="filled"
      aria-label={words('views.label')}
      placeholder={words('views.choose')}
      value={chosen?.id ?? null}
      onChange={(id: string) =>
        filters.set({ ...ageingDefaults, ...(items.find((view) => view.id === id)?.query as Partial<AgeingValues>) })
      }
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

export function SaveView({ values }: { values: AgeingValues }) {
  const words = useWords('ageing')
  const { message } = App.useApp()
  const [open, setOpen] = useState(false)
  const save = useAction(postView, {
    onDone: () => {
      setOpen(false)
      void message.success(words('views.saved'))
    },
  })
  const form = (
    <Form layout="vertical" onFinish={({ name }: { name: string }) => save.mutate({ body: { page: PAGE, name, query: values } })}>
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

function same(query: Record<string, unknown>, values: AgeingValues): boolean {
  return Object.entries({ ...ageingDefaults, ...query }).every(([name, value]) => values[name as keyof AgeingValues] === value)
}
