import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react'
import { preferences } from '../preferences.ts'
import { isSingle, matchKeys, mayTake } from './match-keys.ts'

/**
 * A key of the page. `keys` is 'j', '/', 'g h' (one after the other), 'mod+k', 'mod+enter', 'alt+a', 'escape'; `label` stands in the `?`
 * dialog. Keys without modifier do nothing while a field has focus, and can be switched off by the person.
 */
export type KeyBinding = { keys: string; label: string; run: () => void; inFields?: boolean; disabled?: boolean }

/** Binds keys for as long as the component is on screen. The newest binding of a key wins. While a dialog is open only keys whose `place` stands in it are taken. */
export function useKeys(bindings: readonly KeyBinding[], place?: RefObject<HTMLElement | null>): void {
  const latest = useRef(bindings)
  useLayoutEffect(() => {
    latest.current = bindings
  })
  const signature = bindings.map((binding) => `${binding.keys}=${binding.label}${binding.disabled ? '-' : '+'}`).join('\n')
  useEffect(() => {
    const entry = { current: () => latest.current, ...(place ? { place } : {}) }
    stack = [...stack, entry]
    changed()
    return () => {
      stack = stack.filter((other) => other !== entry)
      changed()
    }
  }, [signature, place])
}

/** The one listener of the app, in the frame. */
export function KeyListener() {
  useEffect(() => {
    const pressed = { before: '', at: 0 }
    const listen = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return
      const before = event.timeStamp - pressed.at < SECOND_KEY_MS ? pressed.before : ''
      pressed.before = event.key.toLowerCase()
      pressed.at = event.timeStamp
      const binding = findBinding(event, before)
      if (!binding) return
      event.preventDefault()
      binding.run()
    }
    document.addEventListener('keydown', listen)
    return () => document.removeEventListener('keydown', listen)
  }, [])
  return null
}

export function activeBindings(): readonly KeyBinding[] {
  return active
}

export function subscribeBindings(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** How long after G the H still counts as G H. */
const SECOND_KEY_MS = 1000

let stack: readonly { current: () => readonly KeyBinding[]; place?: RefObject<HTMLElement | null> }[] = []
let active: readonly KeyBinding[] = []
const listeners = new Set<() => void>()

function changed(): void {
  const byKey = new Map<string, KeyBinding>()
  for (const entry of stack) for (const binding of entry.current()) if (!binding.disabled) byKey.set(binding.keys, binding)
  active = [...byKey.values()]
  for (const listener of listeners) listener()
}

function findBinding(event: KeyboardEvent, before: string): KeyBinding | undefined {
  const dialog = openDialog()
  const place = { inField: isField(event.target), onControl: isControl(event.target), dialogOpen: dialog !== undefined }
  for (const entry of stack.toReversed()) {
    const inDialog = dialog?.contains(entry.place?.current ?? null) ?? false
    for (const binding of entry.current()) {
      if (binding.disabled || !mayTake({ ...binding, inDialog }, place)) continue
      if (isSingle(binding.keys) && binding.keys !== 'escape' && !preferences().singleKeys) continue
      if (matchKeys(binding.keys, event, before)) return binding
    }
  }
  return undefined
}

/** The dialog above the page; a closed one may still stand in the document. */
function openDialog(): Element | undefined {
  return [...document.querySelectorAll('[role="dialog"]')].findLast((dialog) => dialog.getClientRects().length > 0)
}

function isControl(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && target.closest('a[href], button, summary, [role="button"], [role^="menuitem"], [role="tab"]') !== null
  )
}

function isField(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && (target.isContentEditable || target.closest('input, textarea, select, [role="combobox"]') !== null)
  )
}
