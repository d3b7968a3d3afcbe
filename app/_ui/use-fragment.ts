'use client'
import { useSyncExternalStore } from 'react'

/**
 * What stands after `#` in the address, decoded; null until the browser has taken over from the server, which never
 * sees it. Tokens travel there because a fragment is sent to nobody: not to the server, not in a Referer.
 */
export function useFragment(): string | null {
  return useSyncExternalStore<string | null>(subscribe, readFragment, () => null)
}

function subscribe(onChange: () => void): () => void {
  window.addEventListener('hashchange', onChange)
  return () => window.removeEventListener('hashchange', onChange)
}

function readFragment(): string {
  return window.location.hash.slice(1)
}
