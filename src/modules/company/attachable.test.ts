import { describe, expect, it } from 'vitest'
import { shownFileName, sniffedType } from './attachable.ts'

const bytes = (text: string): Uint8Array => Buffer.from(text, 'latin1')

describe('an attachment', () => {
  it.each([
    ['../../etc/passwd', 'passwd'],
    ['C:\\Windows\\合同.pdf', '合同.pdf'],
    ['.htaccess', 'htaccess'],
    ['invoice\u202efdp.exe', 'invoicefdp.exe'],
    ['a\r\nSet-Cookie: x', 'aSet-Cookie x'],
    ['', 'file'],
    ['...', 'file'],
  ])('named %j is shown as %j', (given, shown) => {
    expect(shownFileName(given)).toBe(shown)
  })

  it.each([
    ['%PDF-1.7 …', 'a.html', 'application/pdf'],
    ['\x89PNG\r\n\x1a\n', 'a.png', 'image/png'],
    ['RIFF....WEBP', 'a.webp', 'image/webp'],
    ['PK\x03\x04…', 'a.xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
    ['PK\x03\x04…', 'a.jar', undefined],
    ['<svg onload=alert(1)>', 'a.svg', undefined],
    ['<html>', 'a.html', undefined],
    ['MZ…', 'a.exe', undefined],
    ['a,b\n1,2', 'a.csv', 'text/plain'],
    ['a\0b', 'a.csv', undefined],
  ])('that begins with %j and is called %s is %s', (content, name, type) => {
    expect(sniffedType(bytes(content), name)).toBe(type)
  })
})
