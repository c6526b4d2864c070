/**
 * Keeps the app itself (the start page, scripts, styles) so that it opens without the network and says so in the reader's language. Data is never
 * kept: calls to /api/ do not pass through here at all. Pages are asked for at the server first, so that a new version shows at once.
 */
export {}

/** Written in by the build: every file of the app, and a name that changes with any of them. */
declare const __SHELL__: { readonly version: string; readonly files: readonly string[] }

type Waiting = Event & { waitUntil(work: Promise<unknown>): void }
type Fetching = Event & { readonly request: Request; respondWith(answer: Promise<Response>): void }
type Worker = { skipWaiting(): Promise<void>; readonly clients: { claim(): Promise<void> } }

const { version, files } = __SHELL__
const worker = self as unknown as Worker
const CACHE = `huikuan-${version}`
const START = '/'

self.addEventListener('install', (event) => (event as Waiting).waitUntil(keep()))
self.addEventListener('activate', (event) => (event as Waiting).waitUntil(takeOver()))
self.addEventListener('fetch', (event) => {
  const { request } = event as Fetching
  const { origin, pathname } = new URL(request.url)
  if (request.method !== 'GET' || origin !== self.location.origin) return
  if (files.includes(pathname)) (event as Fetching).respondWith(kept(pathname).then((found) => found ?? fetch(request)))
  else if (request.mode === 'navigate' && isPage(pathname)) (event as Fetching).respondWith(page(request))
})

async function keep(): Promise<void> {
  const cache = await caches.open(CACHE)
  await cache.addAll([new Request(START, { cache: 'reload' }), ...files])
  await worker.skipWaiting()
}

async function takeOver(): Promise<void> {
  for (const name of await caches.keys()) if (name !== CACHE) await caches.delete(name)
  await worker.clients.claim()
}

async function page(request: Request): Promise<Response> {
  try {
    return await fetch(request)
  } catch (noNetwork) {
    const found = await kept(START)
    if (found === undefined) throw noNetwork
    return found
  }
}

function isPage(pathname: string): boolean {
  return !pathname.startsWith('/api/') && !pathname.slice(1).includes('.')
}

async function kept(path: string): Promise<Response | undefined> {
  return (await caches.open(CACHE)).match(path)
}
