import { z } from 'zod'
import type { Language } from '../kernel/language.ts'
import type { Route } from './contract.ts'
import { KEYS_KEPT_DAYS } from './idempotency.ts'
import { word } from './words.ts'

export type OpenApi = {
  readonly openapi: string
  readonly info: object
  readonly paths: Record<string, Record<string, Operation>>
  readonly components: object
}
type Operation = {
  readonly operationId: string
  readonly summary: string
  readonly tags: readonly string[]
  readonly 'x-permission': string
  readonly parameters: readonly object[]
  readonly requestBody?: object
  readonly responses: object
}

/** OpenAPI 3.1 of all routes, from the same schemas that check the requests. */
export function openApi(routes: readonly Route[]): OpenApi {
  const paths: Record<string, Record<string, Operation>> = {}
  for (const route of [...routes].sort((a, b) => (a.path < b.path ? -1 : 1))) {
    const path = route.path.replace(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(route) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Huikuan',
      version: '1',
      description: `Amounts are decimal strings, days are YYYY-MM-DD. Every change needs an Idempotency-Key; for ${KEYS_KEPT_DAYS} days the same key gives the same answer.`,
    },
    paths,
    components: {
      securitySchemes: {
        apiKey: { type: 'http', scheme: 'bearer' },
        session: { type: 'apiKey', in: 'cookie', name: 'huikuan.session_token' },
      },
      schemas: {
        Problem: {
          type: 'object',
          required: ['code', 'message', 'requestId', 'issues'],
          properties: {
            code: { type: 'string' },
            message: { type: 'string' },
            params: { type: 'object' },
            requestId: { type: 'string' },
            issues: {
              type: 'array',
              items: {
                type: 'object',
                properties: { path: { type: 'string' }, code: { type: 'string' }, message: { type: 'string' }, line: { type: 'integer' } },
              },
            },
          },
        },
      },
    },
  }
}

function operation(route: Route): Operation {
  const parameters = [...parametersOf(route.params, 'path'), ...parametersOf(route.query, 'query')]
  if (isIdempotent(route))
    parameters.push({
      name: 'Idempotency-Key',
      in: 'header',
      required: true,
      description: `Of your own making, a new one for each change. A call with the same key has no second effect and gets the first answer again, for ${KEYS_KEPT_DAYS} days.`,
      schema: { type: 'string', minLength: 8, maxLength: 200 },
    })
  const ok =
    route.kind === 'file'
      ? { '200': { description: 'The file', content: { 'application/octet-stream': {} } } }
      : {
          [route.method === 'POST' ? '201' : '200']: {
            description: 'Done',
            content: { 'application/json': { schema: schema(route.response, 'output') } },
          },
        }
  const body =
    route.kind === 'upload'
      ? { content: { 'multipart/form-data': { schema: { type: 'object', properties: { file: { type: 'string', format: 'binary' } } } } } }
      : { required: true, content: { 'application/json': { schema: schema(route.body, 'input') } } }
  return {
    operationId: `${route.method} ${route.path}`,
    summary: route.summary,
    tags: [route.path.split('/')[2] ?? 'api'],
    'x-permission': route.permission,
    parameters,
    ...(route.method === 'GET' || route.method === 'DELETE' ? {} : { requestBody: body }),
    responses: {
      ...ok,
      default: { description: 'Refused', content: { 'application/json': { schema: { $ref: '#/components/schemas/Problem' } } } },
    },
  }
}

function isIdempotent(route: Route): boolean {
  return route.method !== 'GET' && route.kind === 'json' && route.permission !== 'public'
}

function parametersOf(part: z.core.$ZodType, where: 'path' | 'query'): object[] {
  const { properties = {}, required = [] } = schema(part, 'input') as { properties?: Record<string, object>; required?: string[] }
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: where,
    required: where === 'path' || required.includes(name),
    schema: property,
  }))
}

function schema(part: z.core.$ZodType, io: 'input' | 'output'): object {
  const { $schema: _, ...rest } = z.toJSONSchema(part, { io, unrepresentable: 'any', target: 'draft-2020-12' }) as Record<string, unknown>
  return rest
}

/** A readable page of the same document: no script, no font from elsewhere. */
export function referencePage(document: OpenApi, language: Language): string {
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, found]) => ({ path, method, ...found })),
  )
  const tags = [...new Set(operations.flatMap((found) => found.tags))].sort()
  const title = word(language, 'platform.reference.title') ?? 'API'
  const intro = word(language, 'platform.reference.intro') ?? ''
  return `<!doctype html><html lang="${language}"><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${asText(title)}</title>
<style>body{font:14px/22px system-ui,"PingFang SC","Microsoft YaHei",sans-serif;max-width:960px;margin:24px auto;padding:0 16px}code,pre{font-size:12px;background:#f5f6f8;padding:2px 4px;border-radius:3px;overflow:auto}pre{padding:12px}summary{cursor:pointer;padding:6px 0}h2{margin-top:32px}b{display:inline-block;width:64px}small{color:#616b7b}</style>
<h1>${asText(title)}</h1><p>${asText(intro)}</p><p><a href="/api/openapi.json">openapi.json</a></p><nav>${tags.map((tag) => `<a href="#${asText(tag)}">${asText(tag)}</a>`).join(' · ')}</nav>
${tags
  .map(
    (tag) =>
      `<h2 id="${asText(tag)}">${asText(tag)}</h2>${operations
        .filter((found) => found.tags.includes(tag))
        .map(section)
        .join('')}`,
  )
  .join('')}</html>`
}

function section({ path, method, ...operation }: Operation & { path: string; method: string }): string {
  const details = { parameters: operation.parameters, requestBody: operation.requestBody, responses: operation.responses }
  return `<details><summary><b>${method.toUpperCase()}</b><code>${asText(path)}</code> ${asText(operation.summary)} <small>${asText(operation['x-permission'])}</small></summary><pre>${asText(JSON.stringify(details, null, 2))}</pre></details>`
}

function asText(text: string): string {
  return text.replace(/[&<>"]/g, (char) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[char]!)
}
