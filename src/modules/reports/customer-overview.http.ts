import { type BoundRoute, read } from '../../platform/http.ts'
import * as api from './customer-overview.api.ts'
import { customerOverview } from './customer-overview.query.ts'

export const customerOverviewHttp: readonly BoundRoute[] = [
  read(api.customerOverview, (reader, { params }) => customerOverview(reader, params.id)),
]
