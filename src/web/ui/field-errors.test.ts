import { expect, test } from 'vitest'
import { fieldErrors, fieldName, fieldsAround } from './field-errors.ts'

const issue = (path: string, message: string) => ({ path, message, code: 'x' })

test('paths become names with numbers for places in a list', () => {
  expect(fieldName('lines.0.quantity')).toEqual(['lines', 0, 'quantity'])
  expect(fieldName('body.name')).toEqual(['name'])
  expect(fieldName('')).toEqual([])
})
test('issues go to their field, several sentences stay together', () => {
  const fields = new Set(['name', 'lines.0.quantity'])
  const issues = [issue('name', '太长'), issue('lines.0.quantity', '不能为零'), issue('name', '含控制字符')]
  expect(fieldErrors(issues, fields)).toEqual({
    errors: [
      { name: ['name'], errors: ['太长', '含控制字符'] },
      { name: ['lines', 0, 'quantity'], errors: ['不能为零'] },
    ],
    rest: [],
  })
})
test('an issue inside a field goes to the field around it, a homeless one to the rest', () => {
  expect(fieldErrors([issue('terms.period.days', '太大'), issue('version', '已被改过')], new Set(['terms']))).toEqual({
    errors: [{ name: ['terms'], errors: ['太大'] }],
    rest: ['已被改过'],
  })
})

test('from the nearest field outwards', () => {
  expect(fieldsAround('body.lines.0.quantity')).toEqual(['lines.0.quantity', 'lines.0', 'lines'])
})
