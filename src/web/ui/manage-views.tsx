import { DeleteOutlined, EditOutlined } from '@ant-design/icons'
import { Button, Checkbox, Input, Modal } from 'antd'
import { useState } from 'react'
import { deleteView, type getViews, putView } from '../../modules/people/inbox.api.ts'
import type { Answer } from '../api.ts'
import { useAction } from '../queries.ts'
import { useSession } from '../session.tsx'
import { problemSentence, useWords } from '../words.ts'
import { Note } from './note.tsx'

type View = Answer<typeof getViews>['items'][number]

/** The views of a page with their makers: one's own can be renamed, shared and removed, shared ones by the administrator too. */
export function ManageViews({ views, open, onClose }: { views: readonly View[]; open: boolean; onClose: () => void }) {
  const words = useWords('shared')
  const { person } = useSession()
  return (
    <Modal open={open && views.length > 0} onCancel={onClose} footer={null} title={words('views.manage')} destroyOnHidden>
      <ul className="plain-list">
        {views.map((view) => (
          <ViewRow key={view.id} view={view} mayChange={view.mine || person.role === 'administrator'} />
        ))}
      </ul>
    </Modal>
  )
}

function ViewRow({ view, mayChange }: { view: View; mayChange: boolean }) {
  const words = useWords('shared')
  const { may } = useSession()
  const [renaming, setRenaming] = useState(false)
  const change = useAction(putView, { onDone: () => setRenaming(false) })
  const remove = useAction(deleteView)
  const { id, name, shared, mine, madeBy, version } = view
  const put = (to: { name?: string; shared?: boolean }) => change.mutate({ params: { id }, body: { name, shared, version, ...to } })
  const problem = change.error ?? remove.error
  return (
    <li>
      <div className="row between">
        {renaming ? (
          <Input.Search
            autoFocus
            aria-label={words('views.renamed')}
            defaultValue={name}
            maxLength={60}
            enterButton={words('save')}
            loading={change.isPending}
            onSearch={(text) => (text.trim() === '' || text.trim() === name ? setRenaming(false) : put({ name: text.trim() }))}
          />
        ) : (
          <span>
            <b>{name}</b>
            {mine ? null : <span className="secondary small"> {words('views.madeBy', { person: madeBy })}</span>}
            {mine && shared ? <span className="secondary small"> {words('views.shared')}</span> : null}
          </span>
        )}
        {mayChange && !renaming ? (
          <span className="row">
            {shared || (mine && may('people.shareViews')) ? (
              <Checkbox
                checked={shared}
                disabled={change.isPending}
                aria-label={words('views.shareNamed', { name })}
                onChange={(event) => put({ shared: event.target.checked })}
              >
                {words('views.share')}
              </Checkbox>
            ) : null}
            <Button
              type="text"
              size="small"
              icon={<EditOutlined />}
              aria-label={words('views.renameNamed', { name })}
              onClick={() => setRenaming(true)}
            />
            <Button
              type="text"
              size="small"
              icon={<DeleteOutlined />}
              aria-label={words('views.removeNamed', { name })}
              loading={remove.isPending}
              onClick={() => remove.mutate({ params: { id } })}
            />
          </span>
        ) : null}
      </div>
      {problem ? <Note tone="danger">{problemSentence(problem)}</Note> : null}
    </li>
  )
}
