import { DownOutlined, MailOutlined, PlusOutlined, SolutionOutlined, UserOutlined, WarningOutlined } from '@ant-design/icons'
import { Button, Dropdown, type MenuProps } from 'antd'
import type { ReactNode } from 'react'
import { type ActionKind, actionKinds, templateKeys } from '../../../modules/dunning/ladder.ts'
import { useWords, type Words } from '../../words.ts'
import type { ActionShown } from './ladder-draft.ts'

type MenuItem = NonNullable<MenuProps['items']>[number]
const WITHIN_DAYS = [1, 2, 3, 5, 7, 10, 14] as const

export const actionIcons: Readonly<Record<ActionKind, ReactNode>> = {
  email: <MailOutlined aria-hidden />,
  remindSalesperson: <UserOutlined aria-hidden />,
  escalate: <SolutionOutlined aria-hidden />,
  flagHighRisk: <WarningOutlined aria-hidden />,
}

/** What a level does, to whom: each action is a button with its choices; a kind stands in a level once. `isEarly`: before the due day only customer and salesperson are told. */
export function ActionChips(props: {
  actions: readonly ActionShown[]
  isEarly: boolean
  readOnly: boolean
  levelName: string
  onChange: (actions: ActionShown[]) => void
}) {
  const { actions, isEarly, readOnly, levelName, onChange } = props
  const words = useWords('dunning')
  const free = actionKinds.filter((kind) => !actions.some((action) => action.kind === kind) && !(isEarly && EARLY_NOT.has(kind)))
  return (
    <div className="dunning-actions">
      {actions.map((action, index) => (
        <ActionChip
          key={action.kind}
          action={action}
          readOnly={readOnly}
          onChange={(next) => onChange(next ? actions.with(index, next) : actions.toSpliced(index, 1))}
        />
      ))}
      {readOnly || free.length === 0 ? null : (
        <Dropdown
          trigger={['click']}
          menu={{
            items: free.map((kind) => ({ key: kind, icon: actionIcons[kind], label: words(`actionKinds.${kind}`) })),
            onClick: ({ key }) => onChange([...actions, firstOf(key as ActionKind)]),
          }}
        >
          <Button
            size="small"
            type="text"
            icon={<PlusOutlined aria-hidden />}
            aria-label={words('ladder.addActionTo', { name: levelName })}
          >
            {words('ladder.addAction')}
          </Button>
        </Dropdown>
      )}
    </div>
  )
}
const EARLY_NOT: ReadonlySet<ActionKind> = new Set(['escalate', 'flagHighRisk'])

function firstOf(kind: ActionKind): ActionShown {
  if (kind === 'email') return { kind, template: 'overdue' }
  if (kind === 'remindSalesperson') return { kind, withinDays: 3 }
  return kind === 'escalate' ? { kind } : { kind, hold: false }
}

function ActionChip(props: { action: ActionShown; readOnly: boolean; onChange: (action: ActionShown | undefined) => void }) {
  const { action, readOnly, onChange } = props
  const words = useWords('dunning')
  const label = actionSentence(action, words)
  const said = (
    <>
      <span className="muted nowrap">→ {words(`actionTo.${action.kind}`)}</span>
      {readOnly ? (
        <span className="row">
          {actionIcons[action.kind]} {label}
        </span>
      ) : null}
    </>
  )
  if (readOnly) return <span className="row">{said}</span>
  const choices = choicesOf(action, words)
  const remove: MenuItem = { key: 'remove', danger: true, label: words('ladder.removeAction') }
  return (
    <span className="row">
      {said}
      <Dropdown
        trigger={['click']}
        menu={{
          items: [
            ...choices.map(({ next: _, ...item }) => item),
            ...(choices.length > 0 ? [{ key: 'line', type: 'divider' as const }] : []),
            remove,
          ],
          selectable: choices.length > 0,
          selectedKeys: choices.filter(({ next }) => JSON.stringify(next) === JSON.stringify(action)).map(({ key }) => key),
          onClick: ({ key }) => onChange(choices.find((one) => one.key === key)?.next),
        }}
      >
        <Button size="small" type="link" className="dunning-chip" icon={actionIcons[action.kind]}>
          {label} <DownOutlined aria-hidden />
        </Button>
      </Dropdown>
    </span>
  )
}

function choicesOf(action: ActionShown, words: Words): { key: string; label: string; next: ActionShown }[] {
  const choice = (key: string | number, next: ActionShown) => ({ key: String(key), label: actionSentence(next, words), next })
  if (action.kind === 'email') return templateKeys.map((template) => choice(template, { kind: 'email', template }))
  if (action.kind === 'remindSalesperson')
    return WITHIN_DAYS.map((withinDays) => choice(withinDays, { kind: 'remindSalesperson', withinDays }))
  if (action.kind === 'flagHighRisk') return [false, true].map((hold) => choice(`hold-${hold}`, { kind: 'flagHighRisk', hold }))
  return []
}

/** An action in a few words: 邮件 · 逾期提醒. */
export function actionSentence(action: ActionShown, words: Words): string {
  if (action.kind === 'email') return words('actions.email', { template: words(`templateNames.${action.template}`) })
  if (action.kind === 'remindSalesperson') return words('actions.remindSalesperson', { count: action.withinDays })
  if (action.kind === 'flagHighRisk') return words(action.hold ? 'actions.hold' : 'actions.flag')
  return words('actions.escalate')
}
