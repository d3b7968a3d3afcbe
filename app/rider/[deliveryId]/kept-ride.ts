import { z } from 'zod'
import { INTERVALS_MS, type KeptRide, SPEED_FACTORS } from './rider-state.ts'

const keptRideSchema = z.object({
  sharing: z.boolean(),
  riding: z.boolean(),
  source: z.enum(['simulation', 'device']),
  speedFactor: z.literal(SPEED_FACTORS),
  intervalMs: z.literal(INTERVALS_MS),
})

export type KeptRideStore = {
  /** How this browser's page left the ride; null when it did not, or when that cannot be read. */
  read(): KeptRide | null
  /** May be called as often as anything changes. null: nothing is to be remembered any more. */
  keep(ride: KeptRide | null): void
}

/**
 * Beside the outbox on the device: what the rider had chosen. Phones throw away pages that nobody looks at and load them
 * again later; the ride must not end with that.
 */
export function openKeptRide(deliveryId: string, storage = deviceStorage()): KeptRideStore {
  const key = `rider-live ride ${deliveryId}`
  let written: string | null | undefined
  return {
    read() {
      const text = storage?.getItem(key) ?? null
      return text === null ? null : (keptRideSchema.safeParse(parseJson(text)).data ?? null)
    },
    keep(ride) {
      const text = ride && JSON.stringify(ride)
      if (text === written) return
      written = text
      try {
        if (text === null) storage?.removeItem(key)
        else storage?.setItem(key, text)
      } catch (cause) {
        console.warn('A reload will not go on with this ride', cause)
      }
    },
  }
}

function deviceStorage(): Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> | null {
  try {
    return localStorage
  } catch (cause) {
    // Some private windows and locked-down browsers forbid even to look.
    console.warn('A reload will not go on with this ride', cause)
    return null
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Nothing that this page wrote: no schema accepts undefined.
    return undefined
  }
}
