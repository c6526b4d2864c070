import type { Language } from '../../../kernel/language.ts'
import type { DemoWords } from './demo-words.ts'
import { english } from './english.ts'
import { simplifiedChinese } from './simplified-chinese.ts'
import { traditionalChinese } from './traditional-chinese.ts'

/** The demo company's words in every language of the product. */
export const demoWords: Readonly<Record<Language, DemoWords>> = { 'zh-CN': simplifiedChinese, 'zh-TW': traditionalChinese, en: english }
