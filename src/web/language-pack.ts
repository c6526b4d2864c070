import type { Locale } from 'antd/es/locale'

/** Everything of one language, one chunk: our words by file, antd's own words, dayjs' locale name. */
export type LanguagePack = { antd: Locale; dayjs: string; files: Record<string, unknown> }
