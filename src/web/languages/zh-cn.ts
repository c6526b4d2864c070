import antd from 'antd/es/locale/zh_CN'
import 'dayjs/locale/zh-cn'
import type { LanguagePack } from '../language-pack.ts'

export const pack: LanguagePack = {
  antd,
  dayjs: 'zh-cn',
  files: import.meta.glob('../../i18n/zh-CN/*.json', { eager: true, import: 'default' }),
}
