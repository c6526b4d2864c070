import { describe, expect, it } from 'vitest'
import { cleanText, createLog } from './log.ts'

function logged(write: (log: ReturnType<typeof createLog>) => void): { text: string; lines: Record<string, unknown>[] } {
  let text = ''
  write(createLog({ level: 'info', destination: { write: (chunk: string) => (text += chunk) } }))
  return {
    text,
    lines: text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>),
  }
}

describe('the log', () => {
  it('removes secrets and personal data by the name of the field, at any depth', () => {
    const { text } = logged((log) =>
      log.info(
        {
          password: 'hunter2',
          user: { apiKey: 'k-123', 'set-cookie': ['s=1'], e_mail: 'none', email: 'a@b.cn', phone: '13812345678', bankAccount: '6222' },
        },
        'in',
      ),
    )
    for (const secret of ['hunter2', 'k-123', 's=1', 'a@b.cn', '13812345678', '6222']) expect(text).not.toContain(secret)
  })

  it('removes them by their shape, in sentences and in errors, and drops what the driver adds', () => {
    const error = Object.assign(new Error('no mail to li.wei@example.com.cn', { cause: new Error('card 6222 0212 3456 7890 123') }), {
      detail: 'Key (name)=(secret)',
      code: '23505',
    })
    const { text, lines } = logged((log) =>
      log.error({ err: error }, 'call +86 138-1234-5678 or 4111111111111111, GB82 WEST 1234 5698 7654 32'),
    )
    for (const secret of ['li.wei', '6222 0212', 'Key (name)', '138-1234', '4111', 'WEST']) expect(text).not.toContain(secret)
    expect(lines[0]).toMatchObject({ level: 'error', err: { type: 'Error', code: '23505', message: 'no mail to [email]' } })
  })

  it('cleans an error that is logged without a sentence', () => {
    const { lines } = logged((log) => log.error(new Error('a@b.cn\nis wrong')))
    expect(lines[0]).toMatchObject({ msg: '[email]\\u000ais wrong', err: { message: '[email]\\u000ais wrong' } })
  })

  it('cannot be made to write a second line or to turn text round', () => {
    const { lines, text } = logged((log) => log.warn({ name: 'x\n{"level":"info"}\u202e' }, 'forged\r\nline\u2028'))
    expect(lines).toHaveLength(1)
    expect(lines[0]).toMatchObject({ name: 'x\\u000a{"level":"info"}\\u202e', msg: 'forged\\u000d\\u000aline\\u2028' })
    expect(text).not.toContain('\u202e')
  })

  it('keeps ids, amounts, days and codes', () => {
    const id = '01912345-6789-7123-8456-123456789012'
    const { lines } = logged((log) =>
      log.info({ id, amount: '147703.18', on: '2026-11-21', count: 12345678901234, uscc: '91310000MA1FL0XQ0K', n: 5n }, `order ${id}`),
    )
    expect(lines[0]).toMatchObject({
      id,
      amount: '147703.18',
      on: '2026-11-21',
      count: 12345678901234,
      uscc: '91310000MA1FL0XQ0K',
      n: '5',
      msg: `order ${id}`,
    })
  })

  it('says of a request only method and path', () => {
    const { text, lines } = logged((log) =>
      log.info(
        { req: { id: 'r1', method: 'GET', url: '/api/customers?search=Zhang', headers: { cookie: 'c=1' } }, res: { statusCode: 200 } },
        'done',
      ),
    )
    expect(lines[0]).toMatchObject({ req: { id: 'r1', method: 'GET', path: '/api/customers' }, res: { status: 200 } })
    expect(text).not.toContain('Zhang')
  })

  it.each([
    ['postgres://postgres:s3cret@db:5432/x', 'postgres://postgres:[removed]@db:5432/x'],
    ['Authorization: Bearer abc.def-1', 'Authorization: Bearer [removed]'],
    ['13800138000', '[phone]'],
    ['x'.repeat(5000), `${'x'.repeat(4000)}… (5000 characters)`],
  ])('cleans %s', (text, expected) => {
    expect(cleanText(text)).toBe(expected)
  })
})
