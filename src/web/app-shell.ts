import type { AnyRouter } from '@tanstack/react-router'

/** An open page looks for a new version when it is looked at again, at most so often. */
const LOOK_EVERY_MS = 10 * 60_000

/**
 * Registers the worker that keeps the app itself (service-worker.ts). When a new version has come, the next page is opened afresh from the server, so
 * that nobody works on in an old one; what is being typed on this page is left alone.
 */
export function keepAppShell(router: AnyRouter): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return
  const { serviceWorker } = navigator
  let hadVersion = serviceWorker.controller !== null
  let outdated = false
  serviceWorker.addEventListener('controllerchange', () => {
    outdated = hadVersion
    hadVersion = true
  })
  router.subscribe('onBeforeNavigate', ({ pathChanged, toLocation }) => {
    if (outdated && pathChanged) window.location.assign(toLocation.href)
  })
  serviceWorker.register('/sw.js', { updateViaCache: 'none' }).then(lookForUpdates, () => undefined) // a browser that forbids it works without
}

function lookForUpdates(registration: ServiceWorkerRegistration): void {
  let last = performance.now()
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState !== 'visible' || performance.now() - last < LOOK_EVERY_MS) return
    last = performance.now()
    registration.update().catch(() => undefined) // without the network there is nothing new
  })
}
