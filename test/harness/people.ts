/** Who is invited, as the form says it. */
export const invitation = {
  name: '李娜',
  email: 'Li@example.com',
  role: 'arAccountant',
  dataScope: 'all',
  teamId: null,
  phone: null,
  language: 'zh-CN',
}
/** The longest that a caller is remembered, and a little. */
export const REMEMBERED_MS = 600
