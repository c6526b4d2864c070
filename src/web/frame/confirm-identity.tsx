import { lazy, Suspense, useEffect, useState } from 'react'
import { confirmation } from '../api.ts'

/** Its code comes when it is asked for: most people never see it. */
const IdentityDialog = lazy(async () => {
  const { IdentityDialog } = await import('./identity-dialog.tsx')
  return { default: IdentityDialog }
})

/** Asks for the password or a code before a step that moves money or opens doors; the step goes on by itself once it is shown, and is refused where it is not. */
export function ConfirmIdentity() {
  const [waiting, setWaiting] = useState<{ end: (shown: boolean) => void }>()
  useEffect(() => {
    let asked: Promise<boolean> | undefined // steps that ask at once are told at once
    confirmation.ask = () => {
      asked ??= new Promise<boolean>((resolve) => setWaiting({ end: resolve })).finally(() => {
        asked = undefined
      })
      return asked
    }
    return () => {
      confirmation.ask = undefined
    }
  }, [])
  if (waiting === undefined) return null
  const end = (shown: boolean) => {
    waiting.end(shown)
    setWaiting(undefined)
  }
  return (
    <Suspense fallback={null}>
      <IdentityDialog onEnd={end} />
    </Suspense>
  )
}
