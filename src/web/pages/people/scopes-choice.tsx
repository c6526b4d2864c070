import { Checkbox, Radio } from 'antd'
import { useWords } from '../../words.ts'
import { type KeyPreset, keyPresets, presetOf, presetScopes } from './key-presets.ts'

/** What a key may: a usual purpose in a sentence, and folded below it each permission by itself. Works inside a Form.Item. */
export function ScopesChoice({
  value = [],
  onChange,
  permissions,
}: {
  value?: string[]
  onChange?: (scopes: string[]) => void
  permissions: readonly string[]
}) {
  const words = useWords('people')
  const preset = presetOf(value, permissions)
  const option = (name: KeyPreset | 'custom') => ({
    value: name,
    disabled: name === 'custom',
    label: (
      <>
        <b>{words(`keys.presets.${name}`)}</b> <span className="secondary">{words(`keys.presets.${name}Text`)}</span>
      </>
    ),
  })
  return (
    <div className="stack">
      <Radio.Group
        vertical
        aria-label={words('keys.preset')}
        value={preset}
        onChange={({ target }) => onChange?.(presetScopes(target.value as KeyPreset, permissions))}
        options={[...keyPresets.map(option), option('custom')]}
      />
      <details>
        <summary>{words('keys.oneByOne', { count: value.length, total: permissions.length })}</summary>
        <Checkbox.Group
          className="choices"
          aria-label={words('keys.scopes')}
          value={value}
          onChange={(scopes) => onChange?.(scopes)}
          options={permissions.map((name) => ({ value: name, label: words(`permissions.${name}`, { defaultValue: name }) }))}
        />
      </details>
    </div>
  )
}
