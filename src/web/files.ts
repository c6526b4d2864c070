import { type Answer, type ApiRoute, apiHeaders, type Input, noticed, send } from './api.ts'
import { ApiProblem, readProblem } from './api-problem.ts'
import { apiUrl } from './api-url.ts'
import { fileName } from './file-name.ts'

/** Fetches a file (export, attachment) and hands it to the browser under the server's file name. Rejects with `ApiProblem`. */
export async function download<R extends ApiRoute>(
  route: R,
  input: Pick<Input<R>, 'params' | 'query'>,
  otherwiseName: string,
): Promise<void> {
  const response = await send('GET', apiUrl(route.path, input.params ?? {}, input.query ?? {}))
  saveAs(await response.blob(), fileName(response.headers.get('content-disposition')) ?? otherwiseName)
}

/** Sends a form with files; `onProgress` gets the share sent, 0 to 1. Rejects with `ApiProblem`. */
export function upload<R extends ApiRoute>(
  route: R,
  input: Pick<Input<R>, 'params' | 'query' | 'idempotencyKey'> & {
    form: FormData
    onProgress?: (share: number) => void
    signal?: AbortSignal
  },
): Promise<Answer<R>> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open(route.method, apiUrl(route.path, input.params ?? {}, input.query ?? {}))
    for (const [name, value] of Object.entries(apiHeaders(route.method, input.idempotencyKey))) request.setRequestHeader(name, value)
    request.upload.onprogress = (event) => event.lengthComputable && input.onProgress?.(event.loaded / event.total)
    request.onerror = () => reject(new ApiProblem({ code: 'shared.offline', status: 0 }))
    request.onabort = () => reject(new ApiProblem({ code: 'shared.stopped', status: 0 }))
    request.onload = () => {
      const body = parse(request.responseText)
      if (request.status < 300) resolve(body as Answer<R>)
      else reject(noticed(readProblem(request.status, body, request.getResponseHeader('x-request-id') ?? '')))
    }
    input.signal?.addEventListener('abort', () => request.abort(), { once: true })
    request.send(input.form)
  })
}

function saveAs(blob: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(blob)
  link.download = name
  link.click()
  URL.revokeObjectURL(link.href)
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
