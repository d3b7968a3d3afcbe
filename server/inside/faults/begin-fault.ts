import type { Tokens } from '../../access/tokens.ts'
import type { LiveDeliveries } from '../../delivery/live-deliveries.ts'
import { ProblemError } from '../../ground/problem-error.ts'
import type { EmbeddedBroker } from '../../kafka/embedded-broker.ts'
import type { Visitor } from '../chapter.ts'
import type { Faults } from './breakage.ts'
import type { Begin } from './levers.ts'

type Dependencies = {
  faults: Faults
  /** null with a broker that is not this app's own. */
  embedded: EmbeddedBroker | null
  live: LiveDeliveries
  tokens: Tokens
  /** The rider's token of a ride that exists to be broken, and whose this is. @throws ProblemError */
  ownRide(ride: { deliveryId: string; riderToken?: string | undefined }, visitor: Visitor): Promise<string>
}

/** What each lever does. */
export function createBeginFault({ faults, embedded, live, tokens, ownRide }: Dependencies): Begin {
  return async (fault, forMs, visitor) => {
    switch (fault.lever) {
      case 'broker':
        if (!embedded)
          throw new ProblemError('forbidden', { detail: 'Only the embedded broker can be stopped here.' })
        await embedded.stop(fault.signal)
        return { end: embedded.start }
      case 'slow':
        return { end: faults.slow(fault.byMs) }
      case 'consumer':
        return { end: faults.cutConsumer() }
      case 'duplicate':
        await ownRide(fault, visitor)
        return { end: faults.duplicate(fault.deliveryId) }
      case 'reorder':
        await ownRide(fault, visitor)
        return { end: faults.reorder(fault.deliveryId) }
      case 'network':
        return { end: faults.cutOff(await ownRide(fault, visitor)) }
      case 'token': {
        await ownRide(fault, visitor)
        const { deliveryId } = fault
        const { customer } = (await live.get(deliveryId)).record.links
        const link = { deliveryId, role: 'customer', version: customer, lifetimeMs: forMs } as const
        return { end() {}, customerToken: tokens.issue(link) }
      }
    }
  }
}
