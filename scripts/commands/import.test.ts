import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ApiClient, ApiRefused } from './api-client.ts'
import { importCommand } from './import.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'huikuan-import-command-'))
  await writeFile(join(folder, 'a.csv'), 'name\nx\n')
})
afterAll(() => rm(folder, { recursive: true }))

/** An API that answers `fail` once it is asked at this path, and notes what was posted. */
function failingAt(path: RegExp, fail: ApiRefused) {
  const posted: string[] = []
  const answer = (asked: string) => {
    if (path.test(asked)) throw fail
    return { refused: 0, refusedRows: [], totals: [], groups: [], names: [] }
  }
  const api = {
    upload: async () => ({ id: 'i1' }),
    get: async (asked: string) => answer(asked),
    put: async (asked: string) => answer(asked),
    post: async (asked: string) => {
      posted.push(asked.split('/').at(-1)!)
      return answer(asked)
    },
  } as unknown as ApiClient
  return { api, posted }
}

test.each([
  ['the server stops answering while the import runs: it goes on', /progress$/, 0, ['start']],
  ['the answer to the start is lost: it may run', /start$/, 0, ['start']],
  ['the start is refused: the file is dropped', /start$/, 409, ['start', 'cancellation']],
  ['the check is refused: the file is dropped', /check$/, 422, ['cancellation']],
])('import: %s', async (_, path, status, posts) => {
  const { api, posted } = failingAt(path, new ApiRefused('no', status))
  const call = { args: ['customers', 'a.csv'], values: {}, config: {} as never, api, from: folder, say: () => undefined }
  await expect(importCommand.run(call)).rejects.toThrow('no')
  expect(posted).toEqual(posts)
})

test('import: --terms is found by its code, and only for customers that are created', async () => {
  const put: unknown[] = []
  const api = {
    upload: async () => ({ id: 'i1' }),
    get: async (path: string) =>
      path === '/api/terms' ? { items: [{ id: 't1', code: 'INV30' }] } : { refused: 0, refusedRows: [], totals: [], groups: [], names: [] },
    put: async (_: string, body: unknown) => put.push(body),
    post: async () => undefined,
  } as unknown as ApiClient
  const call = (values: Record<string, string | boolean>) =>
    importCommand.run({ args: ['openItems', 'a.csv'], values, config: {} as never, api, from: folder, say: () => undefined })
  await call({ terms: 'INV30', 'create-customers': true, 'dry-run': true })
  expect(put).toEqual([{ options: { createCustomers: true, newTermsId: 't1' } }])
  await expect(call({ terms: 'INV30' })).rejects.toThrow('--create-customers')
  await expect(call({ terms: 'NET9', 'create-customers': true })).rejects.toThrow('NET9: INV30')
})
