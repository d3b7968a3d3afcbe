import { z } from 'zod'
import { latLngSchema } from '#contracts/place.ts'
import type { RouteChangedEvent } from '#contracts/topics.ts'
import type { Database } from './database.ts'
import type { Outbox } from './outbox.ts'

const routeSchema = z.array(latLngSchema)

/** Filled by plan-anew.ts. */
export function createRouteOutbox({ prisma }: Database): Outbox<RouteChangedEvent> {
  return {
    async pending(limit) {
      const rows = await prisma.routeOutbox.findMany({ orderBy: { id: 'asc' }, take: limit })
      return rows.map(({ id, deliveryId, plan, fromSeq, route, routeMs, at, requestId }) => ({
        id,
        event: {
          ...{ v: 1, deliveryId, plan, fromSeq, routed: true },
          route: routeSchema.parse(route),
          durationMs: routeMs,
          atMs: at.getTime(),
        },
        requestId: requestId ?? undefined,
      }))
    },
    async remove(ids) {
      await prisma.routeOutbox.deleteMany({ where: { id: { in: ids } } })
    },
  }
}
