import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { App as AntApp, ConfigProvider } from 'antd'
import type { Locale } from 'antd/es/locale'
import { useEffect, useLayoutEffect, useState } from 'react'
import type { Language } from '../kernel/language.ts'
import { keepAppShell } from './app-shell.ts'
import { useMode, usePhone, usePreferences } from './preferences.ts'
import { mayRetry } from './queries.ts'
import { makeRouter } from './routes.tsx'
import { cssVariables, themeConfig } from './theme.ts'
import type { Mode } from './tokens.ts'
import { activateLanguage } from './words.ts'

const router = makeRouter()
keepAppShell(router)
const queries = new QueryClient({
  defaultOptions: { queries: { retry: (count, error) => mayRetry(error) && count < 2, staleTime: 15_000, refetchOnWindowFocus: true } },
})

/** The whole web app: language, theme, cache, router. Nothing is drawn before the words are there. */
export function App() {
  const { language } = usePreferences()
  const mode = useMode()
  const phone = usePhone()
  const locale = useLanguage(language)
  useTokens(mode, phone)
  if (!locale) return null
  return (
    <ConfigProvider locale={locale} theme={themeConfig(mode, phone)} wave={{ disabled: true }} button={{ autoInsertSpace: false }}>
      <AntApp className="app">
        <QueryClientProvider client={queries}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </AntApp>
    </ConfigProvider>
  )
}

function useLanguage(language: Language): Locale | undefined {
  const [locale, setLocale] = useState<Locale>()
  useEffect(() => {
    let current = true
    void activateLanguage(language).then((loaded) => {
      if (!current) return
      setLocale(loaded)
      // Sentences of the server are in the old language: read everything again.
      void queries.invalidateQueries()
    })
    return () => {
      current = false
    }
  }, [language])
  return locale
}

function useTokens(mode: Mode, phone: boolean): void {
  useLayoutEffect(() => {
    const root = document.documentElement
    for (const [name, value] of Object.entries(cssVariables(mode))) root.style.setProperty(name, value)
    root.style.colorScheme = mode
    root.dataset['mode'] = mode
    document.body.classList.toggle('phone', phone)
  }, [mode, phone])
}
