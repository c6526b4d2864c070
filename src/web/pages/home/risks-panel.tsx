import { Link } from '@tanstack/react-router'
import type { Phrase } from '../../../kernel/phrase.ts'
import { homeRisks } from '../../../modules/reports/home/home.api.ts'
import type { Answer } from '../../api.ts'
import { paths } from '../../paths.ts'
import { useApi } from '../../queries.ts'
import { useSession } from '../../session.tsx'
import { Amount } from '../../ui/amount.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { OverdueTicks } from '../../ui/overdue.tsx'
import { Panel } from '../../ui/panel.tsx'
import { Status } from '../../ui/status.tsx'
import { phraseText, useWords } from '../../words.ts'

/** 风险最高的客户: amount, reason, age ticks, status; why these five is said where they are chosen (risks.query.ts) and in the sub. */
export function RisksPanel() {
  const words = useWords('home')
  const { may, company } = useSession()
  const query = useApi(homeRisks, {}, { enabled: may('receivables.view') })
  return (
    <Panel
      title={words('risks.title')}
      sub={
        <span title={words('risks.sub', { currency: company.baseCurrency })}>
          {words('risks.short', { currency: company.baseCurrency })}
        </span>
      }
      extra={<Link to={paths.customers({ sort: '-overdue', hasOverdue: 'true' })}>{words('risks.all')}</Link>}
      flush
    >
      <Loaded query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="panel-body secondary">{words('risks.none')}</p>
          ) : (
            <ul>
              {items.map((risk) => (
                <RiskLine key={risk.id} risk={risk} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </Panel>
  )
}

function RiskLine({ risk }: { risk: Answer<typeof homeRisks>['items'][number] }) {
  const words = useWords('home')
  const reasons = risk.reasons.map((reason) => phraseText(reason as Phrase)).join(words('shared:join.comma'))
  return (
    <li>
      <Link to={paths.customer({ id: risk.id })} className="home-risk">
        <span className="row between">
          <b className="cut accent">{risk.name}</b>
          <Amount value={risk.overdue} strong />
        </span>
        <span className="row between small">
          <OverdueTicks days={risk.oldestDays} />
          <span className="grow secondary">{reasons}</span>
          {/* the ticks say that it is overdue */}
          {risk.status === 'overdue' ? null : <Status word={risk.status} plain />}
        </span>
      </Link>
    </li>
  )
}
