import type { KeptRideStore } from './kept-ride.ts'
import { keptOf, type RiderState } from './rider-state.ts'

export type RiderStore = {
  get(): RiderState
  set(change: Partial<RiderState>): void
  subscribe(onChange: () => void): () => void
  clear(): void
}

/** Holds the page's state, and keeps the part that a reload needs. */
export function createRiderStore(first: RiderState, kept: KeptRideStore): RiderStore {
  const listeners = new Set<() => void>()
  let state = first
  return {
    get: () => state,
    set(change) {
      state = { ...state, ...change }
      kept.keep(keptOf(state))
      for (const listener of listeners) listener()
    },
    subscribe(onChange) {
      listeners.add(onChange)
      return () => listeners.delete(onChange)
    },
    clear: () => listeners.clear(),
  }
}
