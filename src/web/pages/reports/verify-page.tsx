import { CheckOutlined, CloseOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { verifyRoute } from '../../../modules/reports/verify.api.ts'
import { type Answer, call } from '../../api.ts'
import type { ApiProblem } from '../../api-problem.ts'
import { paths } from '../../paths.ts'
import { useSession } from '../../session.tsx'
import type { Column } from '../../ui/column.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { InstantText } from '../../ui/day-text.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { Note } from '../../ui/note.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { Panel } from '../../ui/panel.tsx'
import { useWords } from '../../words.ts'

type Verified = Answer<typeof verifyRoute>
type Invariant = Verified['invariants'][number]
const SHOWN_MOST = 20

/** 账簿核对: every sentence that must be true of the books, proven on demand; where one fails, the rows. It runs when asked, never by itself. */
export function VerifyPage() {
  const words = useWords('reports')
  const { company } = useSession()
  const run = useQuery<Verified, ApiProblem>({
    queryKey: [verifyRoute.path],
    queryFn: ({ signal }) => call(verifyRoute, { signal }),
    enabled: false,
    retry: false,
    gcTime: Number.POSITIVE_INFINITY,
    staleTime: Number.POSITIVE_INFINITY,
  })
  const { data, error, isFetching } = run
  const button = (
    <Button type="primary" loading={isFetching} onClick={() => void run.refetch()}>
      {words(isFetching ? 'verify.running' : data ? 'verify.again' : 'verify.run')}
    </Button>
  )
  return (
    <>
      <PageHead
        crumbs={[{ label: words('verify.crumb'), to: paths.settings() }]}
        title={words('verify.title')}
        meta={words('verify.lead')}
        actions={data ? button : undefined}
      />
      {error ? <ErrorState problem={error} onRetry={() => void run.refetch()} /> : null}
      {data ? (
        <Outcome data={data} timeZone={company.timeZone} />
      ) : error ? null : (
        <Panel>
          <EmptyState title={words('verify.never')} text={words('verify.neverHint')} action={button} />
        </Panel>
      )}
    </>
  )
}

function Outcome({ data, timeZone }: { data: Verified; timeZone: string }) {
  const words = useWords('reports')
  const broken = data.invariants.filter(({ holds }) => !holds)
  const columns: Column<Invariant>[] = [
    {
      key: 'holds',
      title: '',
      width: 40,
      render: ({ holds }) =>
        holds ? (
          <CheckOutlined className="tone-success plain" aria-label={words('verify.holds')} />
        ) : (
          <CloseOutlined className="danger" aria-hidden />
        ),
    },
    { key: 'sentence', title: words('verify.invariant'), render: ({ sentence }) => <span className="verify-sentence">{sentence}</span> },
    {
      key: 'state',
      title: '',
      render: ({ holds, count }) =>
        holds ? (
          <span className="secondary">{words('verify.holds')}</span>
        ) : (
          <span className="danger">{words('verify.fails', { count })}</span>
        ),
    },
    { key: 'id', title: words('verify.id'), render: ({ id }) => <span className="muted">{id}</span> },
    {
      key: 'seconds',
      title: words('verify.seconds'),
      align: 'right',
      render: ({ seconds }) => <span className="amount">{seconds.toFixed(2)}</span>,
    },
  ]
  return (
    <>
      <Note tone={data.holds ? 'success' : 'danger'}>
        {data.holds
          ? words('verify.allHold', { count: data.invariants.length, seconds: data.seconds.toFixed(1) })
          : words('verify.broken', { count: broken.length })}{' '}
        <span className="secondary">
          {words('verify.at')} <InstantText value={data.at} timeZone={timeZone} />
        </span>
      </Note>
      {broken.map((one) => (
        <Rows key={one.id} invariant={one} />
      ))}
      <Panel flush>
        <DataTable<Invariant>
          name="verify"
          label={words('verify.title')}
          columns={columns}
          rowKey={({ id }) => id}
          rows={[...broken, ...data.invariants.filter(({ holds }) => holds)]}
          phoneRow={({ sentence, holds, count, id }) => ({
            lead: holds ? '✓' : '✕',
            title: sentence,
            reason: id,
            mark: holds ? words('verify.holds') : words('verify.fails', { count }),
          })}
          empty={null}
        />
      </Panel>
    </>
  )
}

function Rows({ invariant: { id, sentence, rows, count } }: { invariant: Invariant }) {
  const words = useWords('reports')
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  const columns = names.map(
    (name): Column<(typeof rows)[number]> => ({
      key: name,
      title: name,
      render: (row) => <span className="nowrap">{String(row[name] ?? '–')}</span>,
    }),
  )
  return (
    <Panel flush title={`${id} ${sentence}`} sub={`${words('verify.fails', { count })} · ${words('verify.rows', { most: SHOWN_MOST })}`}>
      <DataTable name={`verify-${id}`} label={sentence} columns={columns} rowKey={(row) => JSON.stringify(row)} rows={rows} empty={null} />
    </Panel>
  )
}
