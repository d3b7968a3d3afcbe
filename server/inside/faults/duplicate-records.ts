import type { Publish } from '../../kafka/publish.ts'

/** Publishes the locations of one delivery twice while it is told to. Both are in Kafka before the rider is answered. */
export function createDuplicating() {
  let target: string | null = null
  return {
    around: (publish: Publish): Publish => ({
      ...publish,
      async locations(locations, context) {
        await publish.locations(locations, context)
        if (target !== null && locations[0]?.deliveryId === target)
          await publish.locations(locations, context)
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
