import type { BoardDelivery } from '#contracts/dispatch.ts'

/** `full`: there is no place for this board now. `refused`: the token is not dispatch's. Both but `refused` go on trying. */
export type BoardConnection = 'connecting' | 'connected' | 'full' | 'refused'
export type BoardState = {
  connection: BoardConnection
  /** null before the first snapshot. */
  deliveries: ReadonlyMap<string, BoardDelivery> | null
}
export type BoardMessage =
  | { type: 'connection'; connection: BoardConnection }
  | { type: 'snapshot'; deliveries: readonly BoardDelivery[] }
  | { type: 'delivery'; delivery: BoardDelivery }
  | { type: 'gone'; id: string }

/** What comes in within this time is shown at once: a hundred messages a second are four pictures. */
const SHOW_EVERY_MS = 250

export type BoardStore = {
  apply(message: BoardMessage): void
  subscribe(onChange: () => void): () => void
  get(): BoardState
}

/** The board outside React, which hears of changes a few times a second. */
export function createBoardStore(later: (show: () => void, ms: number) => unknown = setTimeout): BoardStore {
  const deliveries = new Map<string, BoardDelivery>()
  const listeners = new Set<() => void>()
  let state: BoardState = { connection: 'connecting', deliveries: null }
  let isDue = false

  function show(): void {
    isDue = false
    state = { ...state, deliveries: new Map(deliveries) }
    for (const listener of listeners) listener()
  }

  function showSoon(): void {
    if (isDue) return
    isDue = true
    later(show, SHOW_EVERY_MS)
  }

  return {
    apply(message) {
      switch (message.type) {
        case 'connection':
          state = { ...state, connection: message.connection }
          for (const listener of listeners) listener()
          return
        case 'snapshot':
          deliveries.clear()
          for (const delivery of message.deliveries) deliveries.set(delivery.id, delivery)
          return show()
        case 'delivery':
          deliveries.set(message.delivery.id, message.delivery)
          return showSoon()
        case 'gone':
          deliveries.delete(message.id)
          return showSoon()
      }
    },
    subscribe(onChange) {
      listeners.add(onChange)
      return () => void listeners.delete(onChange)
    },
    get: () => state,
  }
}
