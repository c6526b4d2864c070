import { useBlocker, useParams } from '@tanstack/react-router'
import { App, Button } from 'antd'
import { useState } from 'react'
import { readLadder } from '../../../modules/dunning/ladders.api.ts'
import { paths } from '../../paths.ts'
import { useApi } from '../../queries.ts'
import { useSession } from '../../session.tsx'
import { ConfirmDanger } from '../../ui/confirm-danger.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Note } from '../../ui/note.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { PageLink } from '../../ui/page-link.tsx'
import { Status } from '../../ui/status.tsx'
import { useWork } from '../../use-work.ts'
import { useWords } from '../../words.ts'
import { ExamplePanel } from './example-panel.tsx'
import { ExceptionsPanel } from './exceptions-panel.tsx'
import { draftIssues, LevelsPanel } from './levels-panel.tsx'
import { PreviewDialog } from './preview-dialog.tsx'
import { PublishDialog } from './publish-dialog.tsx'
import { TryOutPanels } from './try-out-panels.tsx'
import { type Ladder, type LadderDraft, useLadderDraft } from './use-ladder-draft.ts'
import './dunning.css'

/** 催收流程: the levels of a ladder as sentences, what they do to one real receivable, what would have happened in the last months; published when it is right. */
export function LadderPage() {
  const { id } = useParams({ strict: false }) as { id: string }
  const query = useApi(readLadder, { params: { id } })
  return <Loaded query={query}>{(ladder) => <Editor key={ladder.id} ladder={ladder} query={query} />}</Loaded>
}

function Editor({ ladder, query }: { ladder: Ladder; query: Parameters<typeof useLadderDraft>[1] }) {
  const words = useWords('dunning')
  const { may } = useSession()
  const draft = useLadderDraft(ladder, query)
  const isWaiting = ladder.draft?.status === 'waiting'
  const readOnly = !may('dunning.edit') || isWaiting
  useBlocker({
    shouldBlockFn: () => draft.isDirty && !window.confirm(words('shared:form.leave')),
    enableBeforeUnload: () => draft.isDirty,
  })
  return (
    <>
      <Head ladder={ladder} draft={draft} readOnly={readOnly} />
      {isWaiting ? <Waiting ladder={ladder} /> : null}
      {ladder.next ? <Note tone="info">{words('ladder.follows', { no: ladder.next.no, day: ladder.next.validFrom })}</Note> : null}
      {draft.problem ? <ErrorState problem={draft.problem} /> : null}
      <div className="split wide">
        <div className="stack">
          <LevelsPanel ladder={ladder} draft={draft} readOnly={readOnly} />
          <ExamplePanel draft={draft} currency={ladder.currency} />
          <ExceptionsPanel draft={draft} readOnly={readOnly} />
        </div>
        <div className="stack">
          <TryOutPanels ladder={ladder} draft={draft} />
        </div>
      </div>
    </>
  )
}

function Head({ ladder, draft, readOnly }: { ladder: Ladder; draft: LadderDraft; readOnly: boolean }) {
  const words = useWords('dunning')
  const [dialog, setDialog] = useState<'preview' | 'publish'>()
  const { message } = App.useApp()
  const { busy, run } = useWork()
  const hasDraft = ladder.draft !== null || draft.isDirty
  const isWrong = draftIssues(draft, ladder.currency).length > 0
  const { company } = useSession()
  const publishing = company.fourEyes ? 'ladder.submit' : 'ladder.publish'
  const meta = [
    ladder.live ? words('ladder.liveSince', { no: ladder.live.no, day: ladder.live.validFrom }) : words('ladder.neverLive'),
    words('ladder.usedBy', { count: ladder.customers }),
    draft.changes > 0 ? words('ladder.changes', { count: draft.changes }) : undefined,
  ]
  const actions = (
    <>
      <Button onClick={() => setDialog('preview')}>{words('ladder.preview')}</Button>
      {!readOnly && hasDraft && ladder.live ? (
        <ConfirmDanger
          label={words('ladder.drop')}
          title={words('ladder.drop')}
          consequence={words('ladder.dropConsequence', { no: ladder.live.no })}
          onConfirm={draft.drop}
        />
      ) : null}
      {readOnly ? null : (
        <Button
          disabled={!draft.isDirty || isWrong}
          loading={busy !== false}
          onClick={() => void run(() => draft.save().then(() => message.success(words('ladder.saved'))))}
        >
          {words('ladder.save')}
        </Button>
      )}
      {readOnly ? null : (
        <Button type="primary" disabled={draft.changes === 0 || isWrong} onClick={() => setDialog('publish')}>
          {words(publishing)}
        </Button>
      )}
    </>
  )
  return (
    <>
      <PageHead
        crumbs={[{ label: words('nav') }, { label: words('ladders.title'), to: paths.dunningLadders() }, { label: ladder.name }]}
        title={ladder.name}
        status={
          hasDraft ? (
            <Status word="draft" text={words('ladder.draftNo', { no: nextNo(ladder) })} />
          ) : (
            <Status word="active" text={words('ladder.liveNo', { no: ladder.live?.no ?? 0 })} />
          )
        }
        meta={meta.filter(Boolean).join(' · ')}
        actions={actions}
      />
      {dialog === 'preview' ? <PreviewDialog draft={draft} onClose={() => setDialog(undefined)} /> : null}
      {dialog === 'publish' ? <PublishDialog ladder={ladder} draft={draft} onClose={() => setDialog(undefined)} /> : null}
    </>
  )
}

function nextNo(ladder: Ladder): number {
  return 1 + Math.max(0, ...ladder.versions.map(({ no }) => no))
}

function Waiting({ ladder }: { ladder: Ladder }) {
  const words = useWords('dunning')
  const open = ladder.draft?.requestId ? (
    <PageLink to={paths.approval({ id: ladder.draft.requestId })} look="link" small>
      {words('ladder.openApproval')}
    </PageLink>
  ) : undefined
  return (
    <Note tone="warning" action={open}>
      {words('ladder.waiting', { day: ladder.draft?.validFrom ?? '' })}
    </Note>
  )
}
