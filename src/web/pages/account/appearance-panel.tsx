import { Radio } from 'antd'
import { prefer, usePreferences } from '../../preferences.ts'
import { Panel } from '../../ui/panel.tsx'
import { useWords } from '../../words.ts'

/** Light or dark, for this device. */
export function AppearancePanel() {
  const words = useWords('shell')
  const { mode } = usePreferences()
  return (
    <Panel title={words('appearance')}>
      <Radio.Group
        aria-label={words('appearance')}
        value={mode}
        onChange={(event) => prefer({ mode: event.target.value })}
        options={(['system', 'light', 'dark'] as const).map((value) => ({ value, label: words(`modes.${value}`) }))}
      />
    </Panel>
  )
}
