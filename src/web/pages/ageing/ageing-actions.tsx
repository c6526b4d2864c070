import { exportAgeingCsv, exportAgeingPdf, exportAgeingXlsx } from '../../../modules/ageing/ageing.api.ts'
import { ExportMenu } from '../../ui/export-menu.tsx'
import { SaveView } from '../../ui/saved-views.tsx'
import { type AgeingValues, reportQuery } from './ageing-question.ts'

const routes = { xlsx: exportAgeingXlsx, csv: exportAgeingCsv, pdf: exportAgeingPdf } as const

/** Save the view; export exactly what is filtered, both dimensions where two are shown. */
export function AgeingActions({ values }: { values: AgeingValues }) {
  const by = values.inner === 'none' || values.inner === values.by ? [values.by] : [values.by, values.inner]
  return (
    <>
      <SaveView page="ageing" values={values} />
      <ExportMenu routes={routes} input={{ query: { ...reportQuery(values), by } }} name="ageing" />
    </>
  )
}
