// Every page of the web app has a page in the manual, in both languages; every link and picture of the manual is there, and no picture is heavy.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { manualPage } from '../src/web/manual-pages.ts'
import { pages } from '../src/web/pages/index.ts'

const FOLDER = join(import.meta.dirname, '../docs/manual')
const LANGUAGES = ['zh-CN', 'en'] as const
const PICTURE_BYTES_MOST = 150_000

const wrong = [...missingPages(), ...LANGUAGES.flatMap(wrongLinks), ...heavyPictures()]
for (const what of wrong) console.error(what)
if (wrong.length > 0) process.exit(1)
console.info(`manual: ${pages.length} pages of the app have theirs`)

function missingPages(): string[] {
  const wanted = pages.flatMap(({ path: { pattern } }) => {
    const page = manualPage(pattern)
    return page === undefined ? [{ pattern, page: '' }] : [{ pattern, page }]
  })
  const unmapped = wanted.filter(({ page }) => page === '').map(({ pattern }) => `manual: no page for ${pattern} (src/web/manual-pages.ts)`)
  const named = new Set([...wanted.map(({ page }) => page), ...LANGUAGES.flatMap((language) => pagesIn(language))])
  const missing = LANGUAGES.flatMap((language) =>
    [...named]
      .filter((page) => page !== '' && !existsSync(join(FOLDER, language, `${page}.md`)))
      .map((page) => `manual: ${language}/${page}.md is missing`),
  )
  return [...unmapped, ...missing]
}

function wrongLinks(language: string): string[] {
  return pagesIn(language).flatMap((page) => {
    const text = readFileSync(join(FOLDER, language, `${page}.md`), 'utf8').replace(/```[\s\S]*?```/g, '')
    const links = [...text.matchAll(/\]\(([^)]+)\)/g)].map(([, target]) => target!)
    return [
      ...(text.startsWith('# ') ? [] : [`manual: ${language}/${page}.md has no title`]),
      ...links
        .filter((target) => !existsSync(join(FOLDER, language, target)))
        .map((target) => `manual: ${language}/${page}.md leads to ${target}, which is not there`),
    ]
  })
}

function heavyPictures(): string[] {
  const folder = join(FOLDER, 'images')
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter((name) => statSync(join(folder, name)).size > PICTURE_BYTES_MOST)
    .map((name) => `manual: images/${name} is larger than ${PICTURE_BYTES_MOST / 1000} kB`)
}

function pagesIn(language: string): string[] {
  return readdirSync(join(FOLDER, language)).map((file) => file.replace(/\.md$/, '')) // biome-ignore format: one line
}
