import { uuid } from '../../kernel/uuid.ts'
import type { Tx } from '../../platform/db.ts'
import type { CompaniesFounded } from '../company/company-events.ts'
import { builtInCalendar } from './built-in-calendars.ts'
import { calendarDays } from './calendar.ts'
import { partsNamedIn } from './part-names.ts'
import { standardTermsSet } from './standard-terms.ts'
import { insertCalendarDays, insertTerms } from './terms.store.ts'

/** Handler of companies.founded: the usual terms of the trade, and a copy of the calendar of mainland China that the company may edit. */
export async function addStandardTerms(tx: Tx, { companies }: CompaniesFounded): Promise<void> {
  for (const { language } of companies) {
    const rows = standardTermsSet.map(({ code, names, definition }) => ({
      id: uuid(),
      code,
      name: names[language] ?? names['en']!,
      definition: partsNamedIn(definition, language),
    }))
    insertTerms(tx, rows)
    insertCalendarDays(tx, calendarDays(builtInCalendar('cn')))
    tx.audit({ action: 'terms.standardTermsAdded', entity: 'terms', detail: { codes: rows.map((row) => row.code) } })
  }
}
