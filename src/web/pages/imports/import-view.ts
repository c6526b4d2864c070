import type { checkImport, getImport } from '../../../modules/imports/imports.api.ts'
import type { Answer } from '../../api.ts'

export type ImportView = Answer<typeof getImport>
export type Check = Answer<typeof checkImport>
