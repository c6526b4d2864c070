import { App, Modal } from 'antd'
import { useState } from 'react'
import { publishDraft } from '../../../modules/dunning/ladders.api.ts'
import { useAction } from '../../queries.ts'
import { useSession } from '../../session.tsx'
import { DayInput } from '../../ui/day-input.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { useWork } from '../../use-work.ts'
import { useWords } from '../../words.ts'
import type { Ladder, LadderDraft } from './use-ladder-draft.ts'

/** From which day the draft counts, and what follows from publishing it. */
export function PublishDialog({ ladder, draft, onClose }: { ladder: Ladder; draft: LadderDraft; onClose: () => void }) {
  const words = useWords('dunning')
  const { company } = useSession()
  const { message } = App.useApp()
  const [from, setFrom] = useState(company.today)
  const publish = useAction(publishDraft)
  const { busy, problem, run } = useWork()
  const verb = company.fourEyes ? 'ladder.submit' : 'ladder.publish'
  const confirm = () =>
    run(async () => {
      const version = await draft.save()
      const { waiting } = await publish.mutateAsync({ params: { id: ladder.id }, body: { version, validFrom: from as never } })
      await draft.again()
      message.success(words(waiting ? 'ladder.submitted' : 'ladder.published'))
      onClose()
    })
  return (
    <Modal
      open
      title={words(verb)}
      okText={words(verb)}
      cancelText={words('shared:cancel')}
      confirmLoading={busy !== false}
      okButtonProps={{ disabled: from === '' }}
      onOk={() => void confirm()}
      onCancel={onClose}
    >
      <p>{words('ladder.publishConsequence', { count: ladder.customers })}</p>
      <div className="row">
        <span>{words('ladder.validFrom')}</span>
        <DayInput value={from} onChange={setFrom} required aria-label={words('ladder.validFrom')} />
      </div>
      {company.fourEyes ? <p className="secondary">{words('ladder.fourEyes')}</p> : null}
      {problem ? <ErrorState problem={problem} /> : null}
    </Modal>
  )
}
