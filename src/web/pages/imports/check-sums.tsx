import { Fragment } from 'react'
import { Amount } from '../../ui/amount.tsx'
import { Panel } from '../../ui/panel.tsx'
import { Status } from '../../ui/status.tsx'
import { useWords } from '../../words.ts'
import type { Check } from './import-view.ts'
import './imports.css'

/** What would come in, by currency, and the proof that the file's sum is what comes in plus what is left out. */
export function CheckSums({ check }: { check: Check }) {
  const words = useWords('imports')
  const count = (value: number) => <span className="amount">{value.toLocaleString('en-US')}</span>
  return (
    <>
      <Panel title={words('ifNow')}>
        <div className="import-sums">
          <Status word="ready" plain />
          {count(check.accepted)}
          <span />
          {check.warned > 0 ? (
            <>
              <span className="secondary">{words('results.warned')}</span>
              {count(check.warned)}
              <span />
            </>
          ) : null}
          {check.totals
            .filter((total) => total.importRows > 0)
            .map((total) => (
              <Fragment key={total.currency}>
                <b>{words('toImport', { currency: total.currency })}</b>
                <b>{count(total.importRows)}</b>
                <Amount value={total.toImport} strong />
              </Fragment>
            ))}
          <Status word="refused" plain />
          {count(check.refused)}
          <span />
          {check.already > 0 ? (
            <>
              <span>{words('alreadyThere')}</span>
              {count(check.already)}
              <span />
            </>
          ) : null}
        </div>
      </Panel>
      {check.totals.length === 0 ? null : (
        <Panel title={words('tieOut')} sub={words('tieOutSub')}>
          {check.totals.map((total) => (
            <div key={total.currency} className="import-sums two">
              <span>{words('fileSum', { currency: total.currency })}</span>
              <Amount value={total.file} />
              <span>{words('refusedSum')}</span>
              <Amount value={total.refused} />
              <span>{words('importSum')}</span>
              <Amount value={total.toImport} />
              <b className={total.difference === '0.00' || /^0(\.0+)?$/.test(total.difference) ? 'success' : 'danger'}>
                {words('difference')}
              </b>
              <Amount value={total.difference} strong />
            </div>
          ))}
        </Panel>
      )}
    </>
  )
}
