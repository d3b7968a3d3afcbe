import { z } from 'zod'
import { deviceStorage } from './device-storage.ts'
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
      try {
        return keptRideSchema.safeParse(JSON.parse(storage?.getItem(key) ?? 'null')).data ?? null
      } catch (cause) {
        console.warn('How the ride was left cannot be read', cause)
        return null
      }
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
