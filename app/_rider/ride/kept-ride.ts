import { z } from 'zod'
import { deviceStorage } from './device-storage.ts'
import { INTERVALS_MS, type KeptRide, SPEED_FACTORS } from './rider-state.ts'

const keptRideSchema = z.object({
  phoneApp: z.boolean().optional(),
  sharing: z.boolean(),
  riding: z.boolean(),
  source: z.enum(['simulation', 'device']),
  speedFactor: z.literal(SPEED_FACTORS),
  intervalMs: z.literal(INTERVALS_MS),
})

export type KeptRideStore = {
  /** The settings that an earlier page kept; null when there are none or they cannot be read. */
  read(): KeptRide | null
  /** Writes only when something changed. null removes what was kept. */
  keep(ride: KeptRide | null): void
}

/**
 * Keeps the rider's settings on the device. Phones discard background pages and reload them later; the ride must survive
 * that.
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
