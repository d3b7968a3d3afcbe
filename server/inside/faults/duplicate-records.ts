import type { Publish } from '../../kafka/publish.ts'

/** Publishes the locations of one delivery twice while it is told to. Both are in Kafka before the rider is answered. */
export function createDuplicating() {
  let target: string | null = null
  return {
    around: (publish: Publish): Publish => ({
      ...publish,
      async locations(locations, riderId, context) {
        await publish.locations(locations, riderId, context)
        if (target !== null && locations[0]?.deliveryId === target)
          await publish.locations(locations, riderId, context)
      },
    }),
    duplicate(deliveryId: string) {
      target = deliveryId
      return () => {
        target = null
      }
    },
  }
}
