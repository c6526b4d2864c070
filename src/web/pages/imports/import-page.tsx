import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { getImport } from '../../../modules/imports/imports.api.ts'
import { useApi } from '../../queries.ts'
import { Loaded } from '../../ui/loaded.tsx'
import { CheckStep } from './check-step.tsx'
import { MapStep } from './map-step.tsx'
import { RunStep } from './run-step.tsx'

/** One import: while it is a draft its columns are mapped and its rows judged; afterwards how it runs and what it did. */
export function ImportPage() {
  const { id } = useParams({ strict: false }) as { id: string }
  const [isChecking, setChecking] = useState(false)
  const view = useApi(getImport, { params: { id } })
  return (
    <Loaded query={view}>
      {(data) => {
        if (data.status !== 'draft') return <RunStep view={data} />
        return isChecking ? (
          <CheckStep view={data} onBack={() => setChecking(false)} />
        ) : (
          <MapStep view={data} onCheck={() => setChecking(true)} />
        )
      }}
    </Loaded>
  )
}
