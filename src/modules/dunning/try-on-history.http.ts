import { type BoundRoute, download, read } from '../../platform/http.ts'
import { exportDiffering } from './export-differing.query.ts'
import * as api from './try-on-history.api.ts'
import { TRY_TIMEOUT_MS, tryOnHistory } from './try-on-history.query.ts'

export const tryOnHistoryHttp: readonly BoundRoute[] = [
  read(api.tryOnHistory, (reader, { params, query }) => tryOnHistory(reader, params.id, query.months), { timeoutMs: TRY_TIMEOUT_MS }),
  download(api.exportDiffering, async ({ db, caller }, { params, query }) => exportDiffering(db, caller, params.id, query.months)),
]
