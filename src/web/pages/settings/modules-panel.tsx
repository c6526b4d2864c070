import { Button, Checkbox } from 'antd'
import { useState } from 'react'
import { putModules } from '../../../modules/company/company.api.ts'
import { type OptionalModule, optionalModules } from '../../../modules/company/optional-modules.ts'
import { useAction } from '../../queries.ts'
import { ErrorState } from '../../ui/error-state.tsx'
import { Panel } from '../../ui/panel.tsx'
import { useWords } from '../../words.ts'
import type { ShownCompany } from './company-page.tsx'

/** Modules that this company works with. */
export function ModulesPanel({ company, mayEdit }: { company: ShownCompany; mayEdit: boolean }) {
  const words = useWords('company')
  const [on, setOn] = useState<readonly OptionalModule[]>(optionalModules.filter((module) => !company.modulesOff.includes(module)))
  const save = useAction(putModules)
  const off = optionalModules.filter((module) => !on.includes(module))
  const isChanged = off.join() !== optionalModules.filter((module) => company.modulesOff.includes(module)).join()
  return (
    <Panel title={words('modules.title')}>
      <div className="stack">
        <Checkbox.Group
          className="choices"
          disabled={!mayEdit}
          value={[...on]}
          onChange={(chosen) => setOn(chosen)}
          options={optionalModules.map((value) => ({ value, label: words(`modules.${value}`) }))}
        />
        <span className="secondary small">{words('modules.sub')}</span>
        {save.error ? <ErrorState problem={save.error} /> : null}
        {isChanged ? (
          <Button loading={save.isPending} onClick={() => save.mutate({ body: { modulesOff: off, version: company.version } })}>
            {words('modules.save')}
          </Button>
        ) : null}
      </div>
    </Panel>
  )
}
