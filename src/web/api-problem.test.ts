import { expect, test } from 'vitest'
import { ofReading, readProblem } from './api-problem.ts'
import { fileName } from './file-name.ts'

test('our problem shape is read with its issues', () => {
  const problem = readProblem(
    422,
    {
      code: 'orders.exceedsCredit',
      message: '超出可用额度',
      requestId: 'r1',
      issues: [{ path: ['lines', 0, 'price'], message: '太大', code: 'x' }],
    },
    '',
  )
  expect(problem).toMatchObject({ code: 'orders.exceedsCredit', message: '超出可用额度', requestId: 'r1', status: 422 })
  expect(problem.issues).toEqual([{ path: 'lines.0.price', message: '太大', code: 'x' }])
})
test('a foreign body becomes an unexpected problem and keeps the request id of the header', () => {
  expect(readProblem(500, '<html>', 'r2')).toMatchObject({ code: 'shared.unexpected', message: '', requestId: 'r2', issues: [] })
  expect(readProblem(500, { message: 'boom at line 3' }, 'r2').message).toBe('')
})
test('reading that failed in general does not speak of saving; a sentence of its own stays', () => {
  expect(ofReading(readProblem(500, '<html>', 'r3'))).toMatchObject({ code: 'shared.notRead', message: '', requestId: 'r3', status: 500 })
  expect(ofReading(readProblem(500, { code: 'platform.unexpected', message: 'nothing was saved' }, 'r3')).message).toBe('')
  expect(ofReading(readProblem(404, { code: 'platform.notFound', message: '没有' }, ''))).toMatchObject({
    code: 'platform.notFound',
    message: '没有',
  })
})
test('only a lost answer may be sent again', () => {
  expect([0, 502, 503, 504, 400, 409, 422, 500].map((status) => readProblem(status, {}, '').mayRetry)).toEqual([
    true,
    true,
    true,
    true,
    false,
    false,
    false,
    false,
  ])
})
test('file names of downloads', () => {
  expect(fileName(`attachment; filename="a.xlsx"; filename*=UTF-8''%E8%B4%A6%E9%BE%84.xlsx`)).toBe('账龄.xlsx')
  expect(fileName('attachment; filename="ageing.csv"')).toBe('ageing.csv')
  expect(fileName(null)).toBeUndefined()
})
