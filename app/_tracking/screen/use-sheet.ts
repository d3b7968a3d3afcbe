'use client'
import { useSyncExternalStore } from 'react'
import { useMedia } from '#app/_ui/use-media.ts'

const KEY = 'rider-live:sheet'
/** Here an open sheet leaves the map a strip in which rider, store and door lie on one another. */
const LOW_WINDOW = '(max-width: 47.99rem) and (max-height: 31rem)'

const listeners = new Set<() => void>()
/** Chosen on this page; undefined: what an earlier page kept counts. */
let chosen: string | undefined

/** Whether the sheet shows all it has. What was chosen stays on the device; else a low window begins with it folded. */
export function useSheet(): { isOpen: boolean; setOpen(isOpen: boolean): void } {
  const isLow = useMedia(LOW_WINDOW)
  const choice = useSyncExternalStore(subscribe, read, () => null)
  return { isOpen: choice === null ? !isLow : choice === 'open', setOpen }
}

function subscribe(onChange: () => void): () => void {
  listeners.add(onChange)
  return () => listeners.delete(onChange)
}

function read(): string | null {
  return chosen ?? attempt(() => localStorage.getItem(KEY)) ?? null
}

function setOpen(isOpen: boolean): void {
  const next = isOpen ? 'open' : 'folded'
  chosen = next
  attempt(() => localStorage.setItem(KEY, next))
  for (const listener of listeners) listener()
}

/** Some private windows and frames throw at any access; the choice then ends with the page. */
function attempt<T>(access: () => T): T | undefined {
  try {
    return access()
  } catch {
    return undefined
  }
}
