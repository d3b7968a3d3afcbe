import type { Tokens } from '../../access/tokens.ts'
import type { LiveDeliveries } from '../../delivery/live-deliveries.ts'
import { ProblemError } from '../../ground/problem-error.ts'
import type { KafkaFaults } from '../../kafka/faults.ts'
import type { Visitor } from '../chapter.ts'
import type { DeliveryFaults } from './delivery-faults.ts'
import type { Begin } from './levers.ts'

type Dependencies = {
  kafka: KafkaFaults
  deliveries: DeliveryFaults
  live: LiveDeliveries
  tokens: Tokens
  /** The rider's token of a ride that exists to be broken, and whose this is. @throws ProblemError */
  ownRide(ride: { deliveryId: string; riderToken?: string | undefined }, visitor: Visitor): Promise<string>
}

/** What each lever does. */
export function createBeginFault({ kafka, deliveries, live, tokens, ownRide }: Dependencies): Begin {
  return async (fault, forMs, visitor) => {
    switch (fault.lever) {
      case 'broker':
        if (!kafka.holdBroker)
          throw new ProblemError('forbidden', { detail: 'Only the embedded broker can be stopped here.' })
        return { end: await kafka.holdBroker(fault.signal) }
      case 'slow':
        return { end: kafka.slow(fault.byMs) }
      case 'consumer':
        return { end: kafka.cutConsumer() }
      case 'duplicate':
        await ownRide(fault, visitor)
        return { end: deliveries.duplicate(fault.deliveryId) }
      case 'reorder':
        await ownRide(fault, visitor)
        return { end: deliveries.reorder(fault.deliveryId) }
      case 'network':
        return { end: deliveries.cutOff(await ownRide(fault, visitor)) }
      case 'token': {
        await ownRide(fault, visitor)
        const { deliveryId } = fault
        const { customer } = (await live.get(deliveryId)).record.links
        const link = { deliveryId, role: 'customer', version: customer, lifetimeMs: forMs } as const
        return { end() {}, customerToken: await tokens.issue(link) }
      }
    }
  }
}
