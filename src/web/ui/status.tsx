import {
  CheckCircleOutlined,
  ClockCircleOutlined,
  CommentOutlined,
  EditOutlined,
  ExclamationCircleOutlined,
  FieldTimeOutlined,
  LockOutlined,
  MinusCircleOutlined,
  PauseCircleOutlined,
  QuestionCircleOutlined,
  SendOutlined,
  StopOutlined,
  SyncOutlined,
} from '@ant-design/icons'
import { useWords } from '../words.ts'
import { isStatusWord, type StatusIcon, vocabulary } from './vocabulary.ts'

const icons = {
  ok: CheckCircleOutlined,
  clock: ClockCircleOutlined,
  bang: ExclamationCircleOutlined,
  edit: EditOutlined,
  stop: StopOutlined,
  sync: SyncOutlined,
  lock: LockOutlined,
  ask: QuestionCircleOutlined,
  send: SendOutlined,
  minus: MinusCircleOutlined,
  talk: CommentOutlined,
  pause: PauseCircleOutlined,
  time: FieldTimeOutlined,
} satisfies Record<StatusIcon, unknown>

/** A status by its word in the vocabulary; `plain` without background for lists; `text` says it more exactly (超出 207,000.00). */
export function Status({ word, plain = false, text }: { word: string; plain?: boolean; text?: string }) {
  const words = useWords('shared')
  const [tone, icon] = isStatusWord(word) ? vocabulary[word] : (['neutral', 'minus'] as const)
  const Icon = icons[icon]
  return (
    <span className={`status tone-${tone} ${plain ? 'plain' : ''}`}>
      <Icon aria-hidden />
      {text ?? words(`status.${word}`, { defaultValue: word })}
    </span>
  )
}
