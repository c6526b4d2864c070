import { Link } from '@tanstack/react-router'
import { listBlocks, listCases } from '../../../modules/dunning/dunning.api.ts'
import { paths } from '../../paths.ts'
import { useApi } from '../../queries.ts'
import { DayText } from '../../ui/day-text.tsx'
import { LiftButton, PauseButton } from '../../ui/dunning-blocks.tsx'
import { KeyValues } from '../../ui/key-values.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Panel } from '../../ui/panel.tsx'
import { Status } from '../../ui/status.tsx'
import { useWords } from '../../words.ts'

/** 催收 of one customer: where its case stands, what comes next, and whether dunning is paused. */
export function DunningPanel({ customerId, name }: { customerId: string; name: string }) {
  const words = useWords('dunning')
  const cases = useApi(listCases, { query: { customerId, status: 'open', limit: 1 } })
  const blocks = useApi(listBlocks, { query: { customerId, running: 'true', limit: 20 } })
  const paused = blocks.data?.items ?? []
  const isWholePaused = paused.some(({ receivableId }) => receivableId === null)
  return (
    <Panel title={words('nav')} extra={isWholePaused ? null : <PauseButton about={{ customerId }} name={name} small />}>
      <Loaded query={cases} rows={2}>
        {({ items: [running] }) =>
          running === undefined ? (
            <p className="secondary">{words('customer.none')}</p>
          ) : (
            <>
              <KeyValues
                spread
                rows={[
                  [words('cases.level'), <Link key="case" to={paths.dunningCase({ id: running.id })}>{words('cases.levelOf', { level: running.level, name: running.levelName })}</Link>], // biome-ignore format: one row
                  [words('cases.lastStep'), <DayText key="last" value={running.lastStepOn} />],
                  [words('cases.next'), running.next === null ? undefined : <span key="next"><DayText value={running.next.onDay} /> {running.next.name}</span>], // biome-ignore format: one row
                  [words('cases.collector'), running.collectorName],
                ]}
              />
              {running.highRisk ? <Status word="highRisk" /> : null}
            </>
          )
        }
      </Loaded>
      {paused.map((block) => (
        <div key={block.id} className="row between top">
          <span className="row wrap">
            <Status word="dunningBlocked" text={block.receivableNo ?? words('blocks.whole')} />
            <span className="secondary">
              {block.untilOn === null ? words('blocks.untilLifted') : words('runs.until', { day: block.untilOn })} · {block.reason}
            </span>
          </span>
          <LiftButton block={block} />
        </div>
      ))}
    </Panel>
  )
}
