import { GlobalOutlined } from '@ant-design/icons'
import { Select } from 'antd'
import { type Language, languages } from '../../kernel/language.ts'
import { prefer, usePreferences } from '../preferences.ts'
import { useWords } from '../words.ts'

/** Each language by its own name, so that nobody has to read another one to find it. */
export const languageNames: Record<Language, string> = { 'zh-CN': '简体中文', 'zh-TW': '繁體中文', en: 'English' }

export function LanguageSwitch() {
  const { language } = usePreferences()
  const words = useWords('shell')
  return (
    <Select
      aria-label={words('language')}
      variant="borderless"
      prefix={<GlobalOutlined aria-hidden />}
      value={language}
      onChange={(chosen) => prefer({ language: chosen })}
      options={languages.map((value) => ({ value, label: languageNames[value] }))}
    />
  )
}
