import { Link } from '@tanstack/react-router'
import { Button, Input } from 'antd'
import { useState } from 'react'
import type { Phrase } from '../../../kernel/phrase.ts'
import { decide, getApproval, withdraw } from '../../../modules/approvals/approvals.api.ts'
import { readCreditPosition } from '../../../modules/credit/credit.api.ts'
import type { Answer } from '../../api.ts'
import { paths } from '../../paths.ts'
import { useAction, useApi } from '../../queries.ts'
import { useSession } from '../../session.tsx'
import { Amount } from '../../ui/amount.tsx'
import { formatDecimal } from '../../ui/amount-text.ts'
import { InstantText } from '../../ui/day-text.tsx'
import { KeyHint } from '../../ui/key-hint.tsx'
import { KeyValues } from '../../ui/key-values.tsx'
import { useKeys } from '../../ui/keys.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Note } from '../../ui/note.tsx'
import { PageLink } from '../../ui/page-link.tsx'
import { Panel } from '../../ui/panel.tsx'
import { Status } from '../../ui/status.tsx'
import { phraseText, problemSentence, useWords } from '../../words.ts'
import { requestStatusWord } from './request-status-word.ts'

type Request = Answer<typeof getApproval>

export function RequestDetail({ id }: { id: string }) {
  const request = useApi(getApproval, { params: { id } })
  return <Loaded query={request}>{(data) => <Detail key={data.version} request={data} />}</Loaded>
}

/** What is asked, what speaks for and against, what follows from yes and no: all before the click. */
function Detail({ request }: { request: Request }) {
  const words = useWords('approvals')
  const { company, may } = useSession()
  const { summary } = request
  const said = (phrase: unknown): string => phraseText(phrase as Phrase)
  return (
    <Panel
      title={`${words(`kind.${request.kind}`)} ${request.no ?? ''}`}
      extra={<Status word={requestStatusWord(request.status)} text={words(`status.${request.status}`)} />}
    >
      <p className="approval-about">
        <b>{said(summary.about)}</b>
      </p>
      <KeyValues
        rows={[
          [
            words('list.customer'),
            request.customerId ? (
              <Link key="c" to={paths.customer({ id: request.customerId })}>
                {request.customerName}
              </Link>
            ) : null,
          ],
          [words('list.amount'), <Amount key="a" value={request.amountBase} currency={company.baseCurrency} />],
          [
            words('list.requestedBy'),
            <span key="r">
              {request.requestedByName} <InstantText value={request.requestedAt} timeZone={company.timeZone} />
            </span>,
          ],
          [words('list.step'), <Step key="s" request={request} />],
        ]}
      />
      {summary.facts.length === 0 ? null : <Facts facts={summary.facts.map(said)} />}
      {request.kind === 'creditLimit' && request.status === 'pending' && request.customerId !== null && may('credit.view') ? (
        <UsedNow customerId={request.customerId} />
      ) : null}
      {request.status === 'pending' ? (
        <KeyValues
          rows={[
            [words('detail.ifApproved'), said(summary.ifApproved)],
            [words('detail.ifRejected'), said(summary.ifRejected)],
          ]}
        />
      ) : null}
      <Decisions request={request} />
      <Actions request={request} />
    </Panel>
  )
}

function Step({ request }: { request: Request }) {
  const words = useWords('approvals')
  const shell = useWords('shell')
  const step = request.steps[request.step - 1]
  if (!step) return null
  return (
    <>
      {words('list.stepOf', { step: request.step, steps: request.steps.length, role: shell(`roles.${step.role}`) })}
      {step.rules.length > 0 ? (
        <div className="secondary small">{words('detail.rules', { rules: step.rules.join(words('detail.rulesJoin')) })}</div>
      ) : null}
    </>
  )
}

/** What the customer owes today: the request may have been made before its receivables came in. */
function UsedNow({ customerId }: { customerId: string }) {
  const words = useWords('credit')
  const position = useApi(readCreditPosition, { params: { customerId } })
  return (
    <Loaded query={position}>
      {({ exposure }) => (
        <p>
          <b>{words('approval.usedNow', { usedAmount: formatDecimal(exposure) })}</b>
        </p>
      )}
    </Loaded>
  )
}

function Facts({ facts }: { facts: readonly string[] }) {
  const words = useWords('approvals')
  return (
    <>
      <div className="secondary small">{words('detail.facts')}</div>
      <ul className="approval-facts">
        {facts.map((fact) => (
          <li key={fact}>{fact}</li>
        ))}
      </ul>
    </>
  )
}

function Decisions({ request }: { request: Request }) {
  const words = useWords('approvals')
  const { company } = useSession()
  if (request.decisions.length === 0) return null
  return (
    <ul className="approval-facts">
      {request.decisions.map((one) => (
        <li key={one.step}>
          {words(`detail.${one.decision}`)}
          {words('shared:join.colon')}
          {one.decidedByName}{' '}
          {one.onBehalfOfName ? words('shared:join.brackets', { text: words('detail.onBehalf', { name: one.onBehalfOfName }) }) : ''}{' '}
          <InstantText value={one.decidedAt} timeZone={company.timeZone} /> {one.reason}
        </li>
      ))}
    </ul>
  )
}

function Actions({ request }: { request: Request }) {
  const words = useWords('approvals')
  const shell = useWords('shell')
  const session = useSession()
  const [reason, setReason] = useState('')
  const action = useAction(decide)
  const back = useAction(withdraw)
  const send = (decision: 'approved' | 'rejected') =>
    action.mutate({ body: { decisions: [{ id: request.id, version: request.version, decision, reason }] } })
  const pending = request.status === 'pending'
  const mayWithdraw = pending && request.requestedBy === session.person.id
  useKeys([
    {
      keys: 'mod+enter',
      label: words('detail.approve'),
      run: () => send('approved'),
      inFields: true,
      disabled: !request.mine || action.isPending,
    },
  ])
  const problem = action.error ?? back.error
  return (
    <>
      {problem ? (
        <Note tone="danger">{[...new Set([problemSentence(problem), ...problem.issues.map(({ message }) => message)])].join(' ')}</Note>
      ) : null}
      {request.mine ? (
        <Input.TextArea
          rows={2}
          maxLength={500}
          value={reason}
          aria-label={words('detail.reason')}
          placeholder={words(request.summary.reasonNeeded ? 'detail.reasonNeeded' : 'detail.reasonToReject')}
          onChange={(event) => setReason(event.target.value)}
        />
      ) : null}
      {pending && !request.mine ? (
        <p className="secondary">
          {words('detail.notMine', { role: shell(`roles.${request.steps[request.step - 1]?.role ?? 'administrator'}`) })}
        </p>
      ) : null}
      <div className="row wrap approval-actions">
        {request.kind === 'order' ? <PageLink to={paths.order({ id: request.entityId })}>{words('detail.open')}</PageLink> : null}
        <span className="grow" />
        {mayWithdraw ? (
          <Button loading={back.isPending} onClick={() => back.mutate({ params: { id: request.id }, body: { version: request.version } })}>
            {words('detail.withdraw')}
          </Button>
        ) : null}
        {request.mine ? (
          <Button danger loading={action.isPending} onClick={() => send('rejected')}>
            {words('detail.reject')}
          </Button>
        ) : null}
        {request.mine ? (
          <Button type="primary" loading={action.isPending} onClick={() => send('approved')}>
            {words('detail.approve')} <KeyHint keys="mod+enter" />
          </Button>
        ) : null}
      </div>
    </>
  )
}
