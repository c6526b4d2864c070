import type { Language } from '../../kernel/language.ts'

/** Each language by its own name, so that nobody has to read another one to find it. */
export const languageNames: Record<Language, string> = { 'zh-CN': '简体中文', 'zh-TW': '繁體中文', en: 'English' }
