import { RollbackOutlined } from '@ant-design/icons'
import { getUndoing, undoImport } from '../../../modules/imports/imports.api.ts'
import { useAction, useApi } from '../../queries.ts'
import { ConfirmDanger } from '../../ui/confirm-danger.tsx'
import { Note } from '../../ui/note.tsx'
import { useWords } from '../../words.ts'

const UNDOABLE: readonly string[] = ['done', 'failed', 'cancelled', 'undoing']

/** 整批撤回: says what it would undo before it does, and stays closed while later documents stand in the way. */
export function UndoImport({
  run,
}: {
  run: { readonly id: string; readonly status: string; readonly imported: number; readonly message: string | null }
}) {
  const words = useWords('imports')
  const isPossible = UNDOABLE.includes(run.status) && run.imported > 0 && (run.status !== 'undoing' || run.message !== null)
  const undoing = useApi(getUndoing, { params: { id: run.id } }, { enabled: isPossible })
  const undo = useAction(undoImport)
  if (!isPossible || undoing.data === undefined || !undoing.data.kept) return null
  const { receivables, receipts, orders, customers, products, inTheWay } = undoing.data
  return (
    <ConfirmDanger
      label={words(run.status === 'undoing' ? 'undoAgain' : 'undo')}
      icon={<RollbackOutlined />}
      title={words('undoTitle')}
      disabled={inTheWay > 0}
      consequence={words('undoConsequence', { receivables, receipts, orders, customers, products })}
      onConfirm={() => undo.mutateAsync({ params: { id: run.id } })}
    />
  )
}

/** The documents that keep an import from being taken back. */
export function InTheWay({ run }: { run: { readonly id: string; readonly status: string; readonly imported: number } }) {
  const words = useWords('imports')
  const undoing = useApi(getUndoing, { params: { id: run.id } }, { enabled: UNDOABLE.includes(run.status) && run.imported > 0 })
  const { inTheWay = 0, documents = [] } = undoing.data ?? {}
  if (inTheWay === 0) return null
  return (
    <Note tone="info" lead={words('undoInTheWay')}>
      {documents.map((one) => one.message).join(' ')}
      {inTheWay > documents.length ? ' …' : ''}
    </Note>
  )
}
