import { GlobalOutlined } from '@ant-design/icons'
import { Select } from 'antd'
import { languages } from '../../kernel/language.ts'
import { prefer, usePreferences } from '../preferences.ts'
import { useWords } from '../words.ts'
import { languageNames } from './language-names.ts'

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
