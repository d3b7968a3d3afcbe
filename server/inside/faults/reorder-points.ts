import type { Services } from '../../delivery/services.ts'

type AcceptLocations = Services['acceptLocations']

/** How long a point that comes alone waits for the next one. */
const WAIT_MS = 2_000

/**
 * Takes the points of one delivery in pairs, the later one first, as a network with two ways would bring them. A post is
 * held, never a point of it: it is answered once Kafka has all of it, like any other.
 */
export function createReordering() {
  let target: string | null = null
  let letFirstGo: (() => void) | null = null

  const around =
    (accept: AcceptLocations): AcceptLocations =>
    async (delivery, body, context) => {
      if (delivery.record.delivery.id !== target) return await accept(delivery, body, context)
      if (body.locations.length > 1)
        return await accept(delivery, { locations: inSwappedPairs(body.locations) }, context)
      const letOtherGo = letFirstGo
      if (!letOtherGo) {
        await new Promise<void>(hold)
        return await accept(delivery, body, context)
      }
      letFirstGo = null
      try {
        return await accept(delivery, body, context)
      } finally {
        letOtherGo()
      }
    }

  function hold(go: () => void): void {
    const timer = setTimeout(letGo, WAIT_MS)
    function letGo(): void {
      clearTimeout(timer)
      if (letFirstGo === letGo) letFirstGo = null
      go()
    }
    letFirstGo = letGo
  }

  return {
    around,
    reorder(deliveryId: string) {
      target = deliveryId
      return () => {
        target = null
        letFirstGo?.()
      }
    },
  }
}

function inSwappedPairs<T>(items: readonly T[]): T[] {
  return items.map((item, at) => items[at % 2 === 0 ? at + 1 : at - 1] ?? item)
}
