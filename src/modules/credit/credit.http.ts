import { parseMinor } from '../../kernel/money.ts'
import { Problem } from '../../kernel/problem.ts'
import { type BoundRoute, read, write } from '../../platform/http.ts'
import { checkOrder } from './check-order.query.ts'
import * as api from './credit.api.ts'
import { listLimits, readCreditPosition } from './credit-position.query.ts'
import { readCreditSettings } from './credit-settings.query.ts'
import { holdCustomers, releaseCustomers } from './hold-customers.command.ts'
import { requestLimits } from './request-limits.command.ts'
import { saveCreditSettings } from './save-credit-settings.command.ts'

const OK = { ok: true } as const

export const creditHttp: readonly BoundRoute[] = [
  read(api.readSettings, async (reader) => {
    const { thresholds, ...settings } = await readCreditSettings(reader)
    const off = <T>(value: T | undefined) => value ?? null
    return {
      ...settings,
      thresholds: {
        limitWarnBasisPoints: off(thresholds.limitWarnBasisPoints), oldestOverdueWarnDays: off(thresholds.oldestOverdueWarnDays), oldestOverdueHoldDays: off(thresholds.oldestOverdueHoldDays),
        overdueShareWarnBasisPoints: off(thresholds.overdueShareWarnBasisPoints), overdueShareHoldBasisPoints: off(thresholds.overdueShareHoldBasisPoints), whenNoLimit: thresholds.whenNoLimit,
      }, // biome-ignore format: one line a group of lines
    }
  }),
  write(api.saveSettings, async (tx, { body }) => {
    await saveCreditSettings(tx, body)
    return OK
  }),
  read(api.checkCreditNow, (reader, { body }) => checkOrder(reader, body)),
  read(api.readCreditPosition, (reader, { params }) => readCreditPosition(reader, params.customerId)),
  read(api.listLimits, (reader, { params }) => listLimits(reader, params.customerId)),
  write(api.requestLimit, async (tx, { params, body: { limit, ...wanted } }) => {
    const limitBase = limit === null ? null : parseMinor(limit, tx.caller.baseCurrency)
    if (limitBase === undefined) throw new Problem('platform.notAnAmount', {}, { kind: 'invalid', path: 'limit' })
    const [answer] = await requestLimits(tx, [{ ...params, ...wanted, limitBase }])
    return answer!
  }),
  write(api.holdCustomer, async (tx, { params, body }) => {
    await holdCustomers(tx, [{ ...params, ...body }])
    return OK
  }),
  write(api.releaseCustomer, async (tx, { params, body }) => {
    await releaseCustomers(tx, [{ ...params, ...body }])
    return OK
  }),
]
