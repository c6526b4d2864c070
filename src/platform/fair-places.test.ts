import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { fairPlaces } from './fair-places.ts'

const [A, B, C] = [1, 2, 3]
const LONG_MS = 10_000

/** Who got in, in the order in which they did, and what lets the first of a company go. */
function watched(total: number, waitMs = LONG_MS) {
  const places = fairPlaces(total, waitMs)
  const inside: number[] = []
  const leaves: { tenantId: number; leave: () => void }[] = []
  return {
    inside,
    come: (tenantId: number) =>
      places.enter(tenantId).then((leave) => {
        inside.push(tenantId)
        leaves.push({ tenantId, leave })
      }),
    go: async (tenantId: number) => {
      const at = leaves.findIndex((one) => one.tenantId === tenantId)
      leaves.splice(at, 1)[0]!.leave()
      await sleep(0)
    },
  }
}

describe('T93: connections shared out between companies', () => {
  test.each([
    [10, 7],
    [16, 12],
    [4, 3],
    [2, 1],
    [1, 1],
  ])('of %i one company holds at most %i', async (total, most) => {
    const { come, inside } = watched(total)
    for (let turn = 0; turn < total + 3; turn += 1) void come(A)
    await sleep(0)
    expect(inside).toEqual(Array.from({ length: most }, () => A))
  })
  test('what becomes free goes to whoever holds the fewest, and among equals to whoever came first', async () => {
    const { come, go, inside } = watched(4)
    for (const who of [A, A, A, B]) await come(who)
    for (const who of [A, A, C, B]) void come(who)
    await go(B)
    expect(inside).toEqual([A, A, A, B, C])
    await go(A)
    expect(inside).toEqual([A, A, A, B, C, B])
    await go(C)
    await go(A)
    expect(inside).toEqual([A, A, A, B, C, B, A, A])
  })
  test('who waits too long is told to come again, and takes no place later', async () => {
    const { come, go, inside } = watched(4, 30)
    for (const who of [A, A, A]) await come(who)
    await expect(come(A)).rejects.toMatchObject({ code: 'platform.tooManyRequests', kind: 'unavailable' })
    await come(B)
    await expect(come(C)).rejects.toMatchObject({ code: 'platform.databaseAway' })
    await go(A)
    expect(inside).toEqual([A, A, A, B])
    await come(C)
    expect(inside).toEqual([A, A, A, B, C])
  })
})
