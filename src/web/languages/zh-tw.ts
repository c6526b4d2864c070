import antd from 'antd/es/locale/zh_TW'
import 'dayjs/locale/zh-tw'
import type { LanguagePack } from '../language-pack.ts'

export const pack: LanguagePack = {
  antd,
  dayjs: 'zh-tw',
  files: import.meta.glob('../../i18n/zh-TW/*.json', { eager: true, import: 'default' }),
}
