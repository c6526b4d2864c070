import { type readAgeing, readTieOut } from '../../../modules/ageing/ageing.api.ts'
import type { Answer } from '../../api.ts'
import { paths } from '../../paths.ts'
import { useApi } from '../../queries.ts'
import { useSession } from '../../session.tsx'
import { formatDecimal } from '../../ui/amount-text.ts'
import { Note } from '../../ui/note.tsx'
import { PageLink } from '../../ui/page-link.tsx'
import { useWords } from '../../words.ts'
import type { AgeingValues } from './ageing-question.ts'

type Props = { asOf: string; values: AgeingValues; report: Answer<typeof readAgeing> | undefined; filtered: boolean }

/** Ledger = account 1122, with the difference also when it is 0.00; and what stands beside the ageing. It comes a moment after the table: the vouchers are read whole. */
export function ProofLine({ asOf, values, report, filtered }: Props) {
  const words = useWords('ageing')
  const { may } = useSession()
  const proof = useApi(readTieOut, { query: values.asOf === '' ? {} : { asOf } })
  const check = may('audit.view') ? (
    <PageLink look="link" small to={paths.verify()}>
      {words('proof.check')}
    </PageLink>
  ) : undefined
  const beside = <Beside report={report} filtered={filtered} currency={values.currency} />
  if (proof.data === undefined)
    return (
      <Note tone="neutral">
        {proof.error ? null : words('proof.waiting')} {beside}
      </Note>
    )
  const { tieOut } = proof.data
  if (tieOut === null)
    return (
      <Note tone="neutral">
        {words('proof.part')} {beside}
      </Note>
    )
  const ties = /^0(\.0*)?$/.test(tieOut.difference)
  return (
    <Note tone={ties ? 'success' : 'danger'} {...(check ? { action: check } : {})}>
      <Sentence
        text={words(ties ? 'proof.true' : 'proof.false', {
          ledger: formatDecimal(tieOut.ledger),
          account: formatDecimal(tieOut.account1122),
          difference: formatDecimal(tieOut.difference),
        })}
      />{' '}
      {beside}
    </Note>
  )
}

function Beside({ report, filtered, currency }: Pick<Props, 'report' | 'filtered'> & { currency: string }) {
  const words = useWords('ageing')
  if (!report) return null
  const { totals, later } = report
  const lines = [
    ...(totals.unallocated === null || isZero(totals.unallocated)
      ? []
      : [words('proof.unallocated', { amount: formatDecimal(totals.unallocated) })]),
    ...(later && !isZero(later.received) ? [words('proof.received', { amount: formatDecimal(later.received) })] : []),
    ...(later && !isZero(later.drafts) ? [words('proof.drafts', { amount: formatDecimal(later.drafts) })] : []),
    ...(currency === '' ? [] : [words('proof.ownCurrency', { currency })]),
    ...(filtered ? [words('proof.filtered', { amount: formatDecimal(totals.total) })] : []),
  ]
  return <>{lines.join(' ')}</>
}

/** A sentence whose figures are marked with <b> in the words. */
function Sentence({ text }: { text: string }) {
  const parts = text.split(/<b>(.*?)<\/b>/g)
  return (
    <>
      {parts.map((part, index) =>
        index % 2 === 1 ? (
          <b key={index} className="nowrap">
            {part}
          </b>
        ) : (
          part
        ),
      )}
    </>
  )
}

function isZero(amount: string): boolean {
  return /^-?0(\.0*)?$/.test(amount)
}
