import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { isLanguage, type Language } from '../kernel/language.ts'
import { missing } from '../kernel/problem.ts'
import { manualHtml } from './manual-page.ts'
import { languageFor } from './words.ts'

const FOLDER = join(import.meta.dirname, '../../docs/manual')
const NAME = /^[a-z][a-z-]{0,40}$/
const PICTURE = /^[\w-]{1,80}\.(png|webp)$/
/** The manual is written in these; who reads zh-TW gets the Chinese one. */
const MANUAL_LANGUAGES = { 'zh-CN': 'zh-CN', 'zh-TW': 'zh-CN', en: 'en' } as const satisfies Record<Language, string>
const STYLE = `body{font:16px/1.7 system-ui,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif;max-width:820px;margin:0 auto;padding:24px 20px 80px;color:CanvasText;background:Canvas;color-scheme:light dark}
img{max-width:100%;height:auto;border:1px solid GrayText;border-radius:6px}pre{overflow-x:auto;padding:12px;border:1px solid GrayText;border-radius:6px;font-size:14px}code{font-family:ui-monospace,monospace;font-size:.92em}
table{border-collapse:collapse;display:block;overflow-x:auto}th,td{border:1px solid GrayText;padding:4px 10px;text-align:left;vertical-align:top}blockquote{margin:0;padding-left:14px;border-left:3px solid GrayText}
h1{font-size:26px}h2{font-size:19px;margin-top:1.8em}nav{display:flex;gap:16px;flex-wrap:wrap;font-size:14px}@media print{nav{display:none}}`

/** The manual under /manual: pages of docs/manual as HTML, without a script and without anything from elsewhere. Anybody may read it, also before there is a company. */
export function addManual(app: FastifyInstance): void {
  const pages = new Map<string, string>()
  app.get('/manual', async (request, reply) =>
    reply.redirect(`/manual/${MANUAL_LANGUAGES[languageFor(request.headers['accept-language'])]}/index`),
  )
  app.get<{ Params: { language: string; page: string } }>('/manual/:language/:page', async ({ params: { language, page } }, reply) => {
    if (!isLanguage(language) || !NAME.test(page)) throw missing('page')
    const written = MANUAL_LANGUAGES[language]
    if (written !== language) return reply.redirect(`/manual/${written}/${page}`)
    const html = pages.get(`${language}/${page}`) ?? pageOf(language, page)
    pages.set(`${language}/${page}`, html)
    return reply.type('text/html; charset=utf-8').header('cache-control', 'no-cache').send(html)
  })
  app.get<{ Params: { name: string } }>('/manual/images/:name', async ({ params: { name } }, reply) => {
    const path = join(FOLDER, 'images', name)
    if (!PICTURE.test(name) || !existsSync(path)) throw missing('page')
    return reply
      .type(name.endsWith('.webp') ? 'image/webp' : 'image/png')
      .header('cache-control', 'public, max-age=3600')
      .send(readFileSync(path))
  })
}

/** Every page by its name, for the check that all of them are there. */
export function manualPages(language: 'zh-CN' | 'en'): string[] {
  return readdirSync(join(FOLDER, language)).map((file) => file.replace(/\.md$/, '')).sort() // biome-ignore format: one line
}

function pageOf(language: 'zh-CN' | 'en', page: string): string {
  const path = join(FOLDER, language, `${page}.md`)
  if (!existsSync(path)) throw missing('page')
  const text = readFileSync(path, 'utf8')
  const title = /^# (.*)$/m.exec(text)?.[1] ?? page
  const other = language === 'en' ? (['zh-CN', '中文'] as const) : (['en', 'English'] as const)
  const home = language === 'en' ? 'Contents' : '目录'
  const back = language === 'en' ? 'To the program' : '回到程序'
  return `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${title.replace(/[<>&]/g, '')}</title><link rel="icon" type="image/svg+xml" href="/icon.svg"><style>${STYLE}</style></head>
<body><nav><a href="/manual/${language}/index">${home}</a><a href="/manual/${other[0]}/${page}" lang="${other[0]}">${other[1]}</a><a href="/">${back}</a></nav><main>${manualHtml(text)}</main></body></html>`
}
