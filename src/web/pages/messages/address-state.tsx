import { App, Button, Popconfirm } from 'antd'
import { sayUndeliverable } from '../../../modules/messages/messages.api.ts'
import type { ApiProblem } from '../../api-problem.ts'
import { useAction } from '../../queries.ts'
import { useSession } from '../../session.tsx'
import { problemSentence, useWords } from '../../words.ts'
import type { Detail } from './message-page.tsx'

/** The addresses of a message; of one that went to a customer a person says which does not work (what went there came back), or works after all. */
export function Addresses({ message: shown }: { message: Detail }) {
  const words = useWords('messages')
  const { may } = useSession()
  const { message } = App.useApp()
  const action = useAction(sayUndeliverable)
  const isOpen = may('messages.release') && shown.customerId !== null && shown.status === 'sent'
  return shown.to.map((address) => {
    const isBad = shown.undeliverable.includes(address.toLowerCase())
    const say = () =>
      action
        .mutateAsync({ params: { id: shown.id }, body: { address, works: isBad } })
        .catch((error: ApiProblem) => void message.error(problemSentence(error)))
    return (
      <div key={address} className="wraps">
        {address} {isBad ? <span className="danger">{words('address.isBad')}</span> : null}
        {isOpen || (isBad && may('messages.release')) ? (
          <Popconfirm
            title={words(isBad ? 'address.works' : 'address.fails')}
            description={<span className="popconfirm-text">{words(isBad ? 'address.worksWhy' : 'address.failsWhy', { address })}</span>}
            okText={words(isBad ? 'address.works' : 'address.fails')}
            onConfirm={say}
          >
            <Button type="link" size="small" loading={action.isPending}>
              {words(isBad ? 'address.works' : 'address.fails')}
            </Button>
          </Popconfirm>
        ) : null}
      </div>
    )
  })
}
