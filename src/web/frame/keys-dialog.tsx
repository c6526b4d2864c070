import { Modal, Switch } from 'antd'
import { useId, useSyncExternalStore } from 'react'
import { prefer, usePreferences } from '../preferences.ts'
import { KeyHint } from '../ui/key-hint.tsx'
import { activeBindings, subscribeBindings, useKeys } from '../ui/keys.tsx'
import { toggle } from '../ui/toggle.ts'
import { useWords } from '../words.ts'

const dialog = toggle()

export function openKeys(): void {
  dialog.set(true)
}

/** `?`: every key of this page, and the switch for single letters (WCAG 2.1.4). */
export function KeysDialog() {
  const words = useWords('shell')
  const open = dialog.useValue()
  const bindings = useSyncExternalStore(subscribeBindings, activeBindings)
  const { singleKeys } = usePreferences()
  const switchId = useId()
  useKeys([{ keys: '?', label: words('keys.title'), run: openKeys }])
  return (
    <Modal open={open} onCancel={() => dialog.set(false)} footer={null} title={words('keys.title')}>
      <dl className="key-list">
        {bindings.map((binding) => (
          <div key={binding.keys} className="row between">
            <dt>{binding.label}</dt>
            <dd>
              <KeyHint keys={binding.keys} />
            </dd>
          </div>
        ))}
      </dl>
      <label className="row between" htmlFor={switchId}>
        {words('keys.single')}
        <Switch id={switchId} size="small" checked={singleKeys} onChange={(on) => prefer({ singleKeys: on })} />
      </label>
    </Modal>
  )
}
