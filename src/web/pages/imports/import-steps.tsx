import { Steps } from 'antd'
import type { ReactNode } from 'react'
import { paths } from '../../paths.ts'
import { PageHead } from '../../ui/page-head.tsx'
import { Panel } from '../../ui/panel.tsx'
import type { StatusWord } from '../../ui/vocabulary.ts'
import { useWords } from '../../words.ts'

const STEPS = ['upload', 'map', 'check', 'run'] as const

/** Head of every page of the wizard: what is imported, from which file, and which of the four steps this is. */
export function ImportSteps({ kind, at, meta, actions }: { kind: string; at: 0 | 1 | 2 | 3; meta?: ReactNode; actions?: ReactNode }) {
  const words = useWords('imports')
  return (
    <>
      <PageHead
        crumbs={[{ label: words('title'), to: paths.imports() }, { label: words(`kinds.${kind}`) }]}
        title={words('importKind', { kind: words(`kinds.${kind}`) })}
        meta={meta}
        actions={actions}
      />
      <Panel>
        <Steps size="small" current={at} items={STEPS.map((step) => ({ title: words(`steps.${step}`) }))} style={{ maxWidth: 760 }} />
      </Panel>
    </>
  )
}

const STATUS: Readonly<Record<string, StatusWord>> = {
  draft: 'draft',
  waiting: 'queued',
  running: 'running',
  done: 'finished',
  failed: 'failed',
  cancelled: 'cancelled',
  undoing: 'undoing',
  undone: 'takenBack',
}

/** The word of the vocabulary for an import's state. */
export function statusWord(status: string): StatusWord {
  return STATUS[status] ?? 'draft'
}
