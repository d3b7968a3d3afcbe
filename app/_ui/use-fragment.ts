'use client'
import { useSyncExternalStore } from 'react'

/**
 * The decoded fragment of the address; null during server rendering. Links carry tokens there because browsers send the
 * fragment neither to the server nor in a Referer.
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
