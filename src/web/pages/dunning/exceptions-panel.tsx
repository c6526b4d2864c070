import { Button, InputNumber, Select } from 'antd'
import { useState } from 'react'
import { readSettings, saveSettings } from '../../../modules/dunning/dunning.api.ts'
import type { Answer } from '../../api.ts'
import { useAction, useApi } from '../../queries.ts'
import { useSession } from '../../session.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { KeyValues } from '../../ui/key-values.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Panel } from '../../ui/panel.tsx'
import { useWords } from '../../words.ts'
import type { LadderDraft } from './use-ladder-draft.ts'

type Settings = Answer<typeof readSettings>

/** 不催的情况: when nobody is reminded. The days between two levels belong to the ladder; hours and contacts are the company's, for all ladders. */
export function ExceptionsPanel({ draft, readOnly }: { draft: LadderDraft; readOnly: boolean }) {
  const words = useWords('dunning')
  const settings = useApi(readSettings)
  const between = (
    <span className="row wrap">
      {words('exceptions.betweenBefore')}
      <InputNumber
        size="small"
        controls={false}
        min={1}
        max={30}
        precision={0}
        disabled={readOnly}
        className="dunning-count"
        aria-label={words('exceptions.between')}
        value={draft.leastDaysBetween}
        onChange={(days) => draft.change({ leastDaysBetween: Number(days ?? 1) })}
      />
      {words('exceptions.betweenAfter')}
    </span>
  )
  return (
    <Panel title={words('exceptions.title')}>
      <KeyValues
        rows={[
          [words('exceptions.disputed'), words('exceptions.disputedText')],
          [words('exceptions.blocked'), words('exceptions.blockedText')],
          [words('exceptions.money'), words('exceptions.moneyText')],
          [words('exceptions.between'), between],
        ]}
      />
      <Loaded query={settings} rows={2}>
        {(data) => <CompanySettings key={data.version} settings={data} />}
      </Loaded>
    </Panel>
  )
}

function CompanySettings({ settings }: { settings: Settings }) {
  const words = useWords('dunning')
  const { may } = useSession()
  const [value, setValue] = useState(settings)
  const save = useAction(saveSettings)
  const readOnly = !may('dunning.edit')
  const isDirty = JSON.stringify(value) !== JSON.stringify(settings)
  const number = (name: 'fromHour' | 'untilHour' | 'mostContacts', min: number, max: number) => (
    <InputNumber
      size="small"
      controls={false}
      min={min}
      max={max}
      precision={0}
      disabled={readOnly}
      className="dunning-count"
      aria-label={words(`exceptions.${name}`)}
      value={value[name]}
      onChange={(count) => setValue({ ...value, [name]: Number(count ?? min) })}
    />
  )
  const hours = (
    <span className="row wrap">
      {words('exceptions.hoursBefore')}
      {number('fromHour', 0, 23)}
      {words('exceptions.hoursBetween')}
      {number('untilHour', 1, 24)}
      {words('exceptions.hoursAfter')}
    </span>
  )
  const contacts = (
    <span className="row wrap">
      {words('exceptions.contactsBefore')}
      {number('mostContacts', 1, 100)}
      {words('exceptions.contactsAfter')}
    </span>
  )
  const daily = (
    <Select
      size="small"
      disabled={readOnly}
      className="dunning-daily"
      popupMatchSelectWidth={false}
      aria-label={words('exceptions.daily')}
      value={value.daily}
      onChange={(chosen) => setValue({ ...value, daily: chosen })}
      options={(['whenSending', 'always', 'off'] as const).map((one) => ({ value: one, label: words(`exceptions.dailyKinds.${one}`) }))}
    />
  )
  const { sendingEnabled, ...body } = value
  return (
    <>
      <KeyValues
        rows={[
          [words('exceptions.contacts'), contacts],
          [words('exceptions.hours'), hours],
          [words('exceptions.daily'), daily],
        ]}
      />
      {sendingEnabled ? null : <p className="secondary small">{words('exceptions.testMode')}</p>}
      {save.error ? <ErrorState problem={save.error} /> : null}
      {isDirty ? (
        <div className="row">
          <Button size="small" loading={save.isPending} onClick={() => save.mutate({ body })}>
            {words('exceptions.save')}
          </Button>
          <span className="secondary small">{words('exceptions.saveText')}</span>
        </div>
      ) : null}
    </>
  )
}
