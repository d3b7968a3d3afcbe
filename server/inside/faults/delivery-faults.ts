import type { Services } from '../../delivery/services.ts'
import type { RequestHandler } from '../../ground/request-handler.ts'
import type { Publish } from '../../kafka/publish.ts'
import { createCutting } from './cut-requests.ts'
import { createDuplicating } from './duplicate-records.ts'
import { createReordering } from './reorder-points.ts'

/** Each begins something, and answers how to end it. */
export type DeliveryFaults = {
  duplicate(deliveryId: string): () => void
  reorder(deliveryId: string): () => void
  /** Whoever comes with this token. */
  cutOff(token: string): () => void
}

/** Faults that concern one delivery, on its way through this instance. Only the demo puts them there. */
export function createDeliveryFaults(publish: Publish) {
  const cutting = createCutting()
  const duplicating = createDuplicating(publish)
  let reorder: DeliveryFaults['reorder'] = () => () => {}
  return {
    publish: duplicating.publish,
    handlers: [cutting.handler] as readonly RequestHandler[],
    around(services: Services): Services {
      const reordering = createReordering(services.acceptLocations)
      reorder = reordering.reorder
      return { ...services, acceptLocations: reordering.acceptLocations }
    },
    faults: {
      duplicate: duplicating.duplicate,
      cutOff: cutting.cutOff,
      reorder: (deliveryId) => reorder(deliveryId),
    } satisfies DeliveryFaults,
  }
}
