import { ExperimentOutlined } from '@ant-design/icons'
import { App, Dropdown } from 'antd'
import { deleteVisit, getVisit, postVisit } from '../../modules/demo/demo.api.ts'
import { call } from '../api.ts'
import { ApiProblem } from '../api-problem.ts'
import { useApi } from '../queries.ts'
import { useSession } from '../session.tsx'
import { problemSentence, useWords } from '../words.ts'

/** Says on every page that this company is made up; behind it, as whom one looks, and the way back. */
export function DemoChip() {
  const { company } = useSession()
  return company.isDemo ? <DemoMenu /> : null
}

function DemoMenu() {
  const words = useWords('demo')
  const roles = useWords('shell')
  const { person } = useSession()
  const { message } = App.useApp()
  const { data } = useApi(getVisit)
  const go = (step: () => Promise<unknown>) =>
    void step()
      .then(() => window.location.assign('/'))
      .catch((error: unknown) => error instanceof ApiProblem && message.error(problemSentence(error)))
  const people = (data?.people ?? []).map(({ id, name, role }) => ({
    key: id,
    label: `${name} · ${roles(`roles.${role}`)}`,
    onClick: () => go(() => call(postVisit, { body: { personId: id } })),
  }))
  const items = data?.mayLeave
    ? [
        { key: 'leave', label: words('leave'), onClick: () => go(() => call(deleteVisit)) },
        { type: 'divider' as const },
        { key: 'as', type: 'group' as const, label: words('as'), children: people },
      ]
    : []
  return (
    <Dropdown menu={{ items, selectedKeys: [person.id], style: { maxHeight: '70vh', overflowY: 'auto' } }} trigger={['click']}>
      <button type="button" className="status tone-info demo-chip" aria-haspopup="menu" title={words('chipHint')}>
        <ExperimentOutlined aria-hidden />
        {words('chip')}
      </button>
    </Dropdown>
  )
}
