import { App, Button, Popconfirm } from 'antd'
import { decisionsFor, type MessageDecision } from '../../../modules/messages/message-decision.ts'
import { postDecisions } from '../../../modules/messages/messages.api.ts'
import type { ApiProblem } from '../../api-problem.ts'
import { useAction } from '../../queries.ts'
import { useSession } from '../../session.tsx'
import { problemSentence, useWords } from '../../words.ts'
import type { Message } from './message-status.tsx'
import './messages.css'

/** What a person may decide about these messages: only what all of them are open to. Each asks once and says the consequence. */
export function DecisionButtons({ messages, onDone }: { messages: readonly Message[]; onDone?: () => void }) {
  const words = useWords('messages')
  const { message } = App.useApp()
  const { may, company } = useSession()
  const action = useAction(postDecisions, {
    onDone: (_, input) => {
      void message.success(words(`decided.${(input.body as { decision: MessageDecision }).decision}`, { count: messages.length }))
      onDone?.()
    },
  })
  const [first, ...others] = messages
  if (first === undefined || !may('messages.release')) return null
  const open = decisionsFor(first.status).filter((decision) => others.every((other) => decisionsFor(other.status).includes(decision)))
  const decide = (decision: MessageDecision) =>
    action
      .mutateAsync({ body: { messages: messages.map(({ id, version }) => ({ id, version })), decision } })
      .catch((error: ApiProblem) => void message.error(problemSentence(error)))
  return (
    <span className="row wrap">
      {open.map((decision) => {
        const isOff = decision === 'send' && company.testMode
        return (
          <Popconfirm
            key={decision}
            title={words(`decisions.${decision}`)}
            description={<span className="popconfirm-text">{words(`consequences.${decision}`)}</span>}
            okText={words(`decisions.${decision}`)}
            onConfirm={() => decide(decision)}
            disabled={isOff}
          >
            <Button disabled={isOff} loading={action.isPending} title={isOff ? words('offReason') : ''}>
              {words(`decisions.${decision}`)}
              {messages.length > 1 ? ` (${messages.length})` : ''}
            </Button>
          </Popconfirm>
        )
      })}
    </span>
  )
}
