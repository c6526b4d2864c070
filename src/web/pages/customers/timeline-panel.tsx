import {
  AuditOutlined,
  BankOutlined,
  BellOutlined,
  EditOutlined,
  FileTextOutlined,
  MessageOutlined,
  PhoneOutlined,
  ShoppingOutlined,
  StarOutlined,
  TeamOutlined,
} from '@ant-design/icons'
import { Button, Form, Input, Select } from 'antd'
import { type ReactNode, useState } from 'react'
import { addNote, noteKinds, timeline } from '../../../modules/customers/customer-file.api.ts'
import type { Answer } from '../../api.ts'
import { useAction, useApi } from '../../queries.ts'
import { useSession } from '../../session.tsx'
import { formatDecimal } from '../../ui/amount-text.ts'
import { instantWords } from '../../ui/day-text.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Panel } from '../../ui/panel.tsx'
import { Timeline } from '../../ui/timeline.tsx'
import { useWords, type Words } from '../../words.ts'

type Item = Answer<typeof timeline>['items'][number]
const STEP = 12
const MOST = 200
const icons: Record<string, ReactNode> = {
  note: <MessageOutlined />,
  call: <PhoneOutlined />,
  visit: <TeamOutlined />,
  meeting: <TeamOutlined />,
  event: <StarOutlined />,
  order: <ShoppingOutlined />,
  receivable: <FileTextOutlined />,
  receipt: <BankOutlined />,
  dunning: <BellOutlined />,
  change: <EditOutlined />,
}

/** 动态: notes, documents and changes, newest first; a note is written in the page. */
export function TimelinePanel({ customerId }: { customerId: string }) {
  const words = useWords('customers')
  const { company } = useSession()
  const [limit, setLimit] = useState(STEP)
  const [writing, setWriting] = useState(false)
  const found = useApi(timeline, { params: { id: customerId }, query: { limit } })
  const link = (
    <Button type="link" onClick={() => setWriting(!writing)}>
      {words('timeline.add')}
    </Button>
  )
  return (
    <Panel title={words('timeline.title')} extra={link}>
      {writing ? <NoteForm customerId={customerId} onDone={() => setWriting(false)} /> : null}
      <Loaded query={found}>
        {({ items, nextCursor }) => (
          <>
            {items.length === 0 ? <p className="secondary">{words('timeline.none')}</p> : null}
            <Timeline
              items={items.map((item) => ({
                key: item.id,
                at: dayOf(item.onDay, company.today, words),
                icon: icons[item.kind === 'note' ? item.what : item.kind] ?? <AuditOutlined />,
                text: sentence(item, words, company.timeZone),
                ...(item.actorName ? { by: item.actorName === 'system' ? words('timeline.system') : item.actorName } : {}),
              }))}
            />
            {nextCursor && limit < MOST ? (
              <Button type="link" onClick={() => setLimit(Math.min(MOST, limit + 3 * STEP))}>
                {words('shared:more')}
              </Button>
            ) : null}
          </>
        )}
      </Loaded>
    </Panel>
  )
}

function dayOf(onDay: string, today: string, words: Words): string {
  if (onDay === today) return words('shared:today')
  return onDay.slice(0, 4) === today.slice(0, 4) ? onDay.slice(5) : onDay
}

function sentence(item: Item, words: Words, timeZone: string): string {
  if (item.kind === 'note') return `${words(`timeline.kinds.${item.what}`)}${words('shared:join.colon')}${item.text ?? ''}`
  if (item.kind === 'change') return words(`changes.${item.what.replace('.', '_')}`, { defaultValue: item.what })
  const amount = item.amount ? `${formatDecimal(item.amount)} ${item.currency ?? ''}` : ''
  if (item.kind === 'dunning') return words(`timeline.dunning.${item.what}`, { level: item.text ?? '', amount })
  // what was brought in stands on the day of the old document, and says when it came here
  if (item.kind === 'receivable' && item.what === 'opening')
    return words('timeline.opening', { no: item.no ?? item.text ?? '', amount, day: instantWords(item.at, timeZone).slice(0, 10) })
  return words(`timeline.${item.kind}`, { no: item.no ?? item.text ?? '', amount })
}

type Note = { kind: (typeof noteKinds)[number]; text: string }

function NoteForm({ customerId, onDone }: { customerId: string; onDone: () => void }) {
  const words = useWords('customers')
  const add = useAction(addNote, { onDone })
  return (
    <Form<Note>
      layout="vertical"
      requiredMark={false}
      initialValues={{ kind: 'note' }}
      onFinish={(body) => add.mutate({ params: { id: customerId }, body })}
    >
      <Form.Item name="kind" label={words('timeline.kind')}>
        <Select options={noteKinds.map((value) => ({ value, label: words(`timeline.kinds.${value}`) }))} />
      </Form.Item>
      <Form.Item name="text" label={words('timeline.text')} rules={[{ required: true, message: words('shared:form.required') }]}>
        <Input.TextArea rows={3} maxLength={4_000} autoFocus />
      </Form.Item>
      {add.error ? <ErrorState problem={add.error} /> : null}
      <Form.Item>
        <Button htmlType="submit" loading={add.isPending}>
          {words('shared:save')}
        </Button>
      </Form.Item>
    </Form>
  )
}
