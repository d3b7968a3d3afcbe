import type { CreateDeliveryAnswer } from '#contracts/http.ts'
import type { Access } from '../../access/access.ts'
import { authenticateFor } from '../../access/authenticate.ts'
import { BoundedMap } from '../../ground/bounded-map.ts'
import { ProblemError } from '../../ground/problem-error.ts'
import type { Visitor } from '../chapter.ts'

/** How many rides to be broken are remembered; instead of an older one a visitor starts a new one. */
const MOST_RIDES = 200

type Ride = { riderToken: string; visitorId: string }

/** The rides that were started to be broken, and the visitor who started each. */
export function createOwnRides(access: Access) {
  const rides = new BoundedMap<string, Ride>(MOST_RIDES)

  return {
    note({ delivery, rider }: CreateDeliveryAnswer, visitor: Visitor): void {
      rides.set(delivery.id, { riderToken: rider.token, visitorId: visitor.id })
    },

    /**
     * Returns the rider's token of such a ride to the visitor who started it or has its rider's link.
     * @throws ProblemError `forbidden` or `unauthenticated`
     */
    async ownRide(
      { deliveryId, riderToken }: { deliveryId: string; riderToken?: string | undefined },
      visitor: Visitor,
    ): Promise<string> {
      const ride = rides.get(deliveryId)
      if (!ride)
        throw new ProblemError('forbidden', { detail: 'Only what was started here to be broken can be.' })
      if (ride.visitorId === visitor.id) return ride.riderToken
      if (riderToken === undefined)
        throw new ProblemError('forbidden', {
          detail: 'This is the ride of another visitor: its rider’s link is needed.',
        })
      await authenticateFor(access, `Bearer ${riderToken}`, { deliveryId, roles: ['rider'] })
      return ride.riderToken
    },
  }
}
