import type { Locale } from 'antd/es/locale'
import dayjs from 'dayjs'
import i18next, { type TOptions } from 'i18next'
import { useCallback } from 'react'
import { initReactI18next, useTranslation } from 'react-i18next'
import type { Language } from '../kernel/language.ts'
import { type Phrase, speak } from '../kernel/phrase.ts'
import type { ApiProblem } from './api-problem.ts'
import type { LanguagePack } from './language-pack.ts'
import { formatDecimal } from './ui/amount-text.ts'

export type Words = (key: string, params?: TOptions) => string

/**
 * The words of one namespace (= one module, a file in `src/i18n/<language>/`). Keys are dotted paths; `shared:save` reaches another
 * namespace. `count` chooses `key_one` / `key_other` where a language has them.
 */
export function useWords(namespace: string): Words {
  const { t } = useTranslation(namespace)
  return useCallback((key: string, params?: TOptions) => t(key, params ?? {}), [t])
}

/** A sentence that a rule gave as data (kernel/phrase.ts). Its keys carry their namespace: 'terms:fromInvoice', or 'terms.fromInvoice'. */
export function phraseText(said: Phrase): string {
  return speak(said, (key, params) => i18next.t(key.includes(':') ? key : key.replace('.', ':'), params), formatDecimal)
}

/** What a person reads when a call failed: the server's sentence, else ours for the code, else a general one. */
export function problemSentence(problem: ApiProblem): string {
  if (problem.message !== '') return problem.message
  const [namespace = 'shared', ...rest] = problem.code.split('.')
  return i18next.t([`${namespace}:problems.${rest.join('.')}`, 'shared:problems.unexpected'], { ...problem.params })
}

/** Loads a language and makes it the active one; gives antd's words for the ConfigProvider. */
export async function activateLanguage(language: Language): Promise<Locale> {
  const { pack } = await loaders[language]()
  const resources = namespaces(pack)
  if (!i18next.isInitialized) await start(language)
  for (const [namespace, words] of Object.entries(resources)) i18next.addResourceBundle(language, namespace, words, true, true)
  dayjs.locale(pack.dayjs)
  document.documentElement.lang = language
  await i18next.changeLanguage(language)
  return pack.antd
}

const loaders: Record<Language, () => Promise<{ pack: LanguagePack }>> = {
  'zh-CN': () => import('./languages/zh-cn.ts'),
  'zh-TW': () => import('./languages/zh-tw.ts'),
  en: () => import('./languages/en.ts'),
}

async function start(language: Language): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    defaultNS: 'shared',
    resources: {},
    interpolation: { escapeValue: false },
    react: { useSuspense: false },
  })
}

function namespaces(pack: LanguagePack): Record<string, object> {
  return Object.fromEntries(
    Object.entries(pack.files).map(([path, words]) => [path.slice(path.lastIndexOf('/') + 1, -'.json'.length), words as object]),
  )
}
