import antd from 'antd/es/locale/en_US'
import 'dayjs/locale/en'
import type { LanguagePack } from '../language-pack.ts'

export const pack: LanguagePack = {
  antd,
  dayjs: 'en',
  files: import.meta.glob('../../i18n/en/*.json', { eager: true, import: 'default' }),
}
