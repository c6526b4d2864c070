import { Problem } from '../kernel/problem.ts'
import { databaseAway } from './database-errors.ts'

/** Connections for the work of all companies. `enter` resolves when the company has one of them, with what gives it back. */
export type FairPlaces = { enter(tenantId: number): Promise<() => void> }

/** What always remains for others while one company takes all that it can get. */
const KEPT_FOR_OTHERS = 0.3

/**
 * Shares out `total` connections so that no company can keep the others waiting for its own long work: it holds at most seven tenths of them, and one that becomes free goes to the
 * company that holds the fewest, among equals to the one that asked first. Who waits longer than `waitMs` is told to come again (platform.tooManyRequests, or platform.databaseAway when
 * all are taken).
 */
export function fairPlaces(total: number, waitMs: number): FairPlaces {
  const most = Math.max(1, total - Math.max(1, Math.floor(total * KEPT_FOR_OTHERS)))
  const held = new Map<number, number>()
  const waiting: { readonly tenantId: number; readonly admit: () => void }[] = []
  let taken = 0
  const heldBy = (tenantId: number) => held.get(tenantId) ?? 0
  const isFree = (tenantId: number) => taken < total && heldBy(tenantId) < most
  const take = (tenantId: number) => {
    taken += 1
    held.set(tenantId, heldBy(tenantId) + 1)
  }
  const admitNext = () => {
    let next: (typeof waiting)[number] | undefined
    for (const one of waiting) if (isFree(one.tenantId) && (next === undefined || heldBy(one.tenantId) < heldBy(next.tenantId))) next = one
    next?.admit()
  }
  const leaving = (tenantId: number) => () => {
    taken -= 1
    if (heldBy(tenantId) === 1) held.delete(tenantId)
    else held.set(tenantId, heldBy(tenantId) - 1)
    admitNext()
  }
  const wait = (tenantId: number) =>
    new Promise<void>((resolve, reject) => {
      const leaveTheRow = () => {
        clearTimeout(timer)
        waiting.splice(waiting.indexOf(one), 1)
      }
      const one = {
        tenantId,
        admit: () => {
          leaveTheRow()
          take(tenantId)
          resolve()
        },
      }
      const timer = setTimeout(() => {
        leaveTheRow()
        reject(taken >= total ? databaseAway() : new Problem('platform.tooManyRequests', {}, { kind: 'unavailable' }))
      }, waitMs)
      waiting.push(one)
    })
  return {
    enter: async (tenantId) => {
      if (isFree(tenantId)) take(tenantId)
      else await wait(tenantId)
      return leaving(tenantId)
    },
  }
}
