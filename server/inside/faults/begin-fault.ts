import type { LiveDeliveries } from '../../delivery/live-deliveries.ts'
import { ProblemError } from '../../gateway/problem-error.ts'
import type { Tokens } from '../../gateway/tokens.ts'
import type { KafkaFaults } from '../../kafka/faults.ts'
import type { DeliveryFaults } from './delivery-faults.ts'
import type { Begin } from './levers.ts'

type Dependencies = {
  kafka: KafkaFaults
  deliveries: DeliveryFaults
  live: LiveDeliveries
  tokens: Tokens
  /** The rider's token of a delivery that exists to be broken; undefined for all others. */
  riderTokenOf(deliveryId: string): string | undefined
}

/** What each lever does. */
export function createBeginFault({ kafka, deliveries, live, tokens, riderTokenOf }: Dependencies): Begin {
  return async (fault, forMs) => {
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
        own(fault.deliveryId)
        return { end: deliveries.duplicate(fault.deliveryId) }
      case 'reorder':
        own(fault.deliveryId)
        return { end: deliveries.reorder(fault.deliveryId) }
      case 'network':
        return { end: deliveries.cutOff(own(fault.deliveryId)) }
      case 'token': {
        own(fault.deliveryId)
        const { deliveryId } = fault
        const { customer } = (await live.get(deliveryId)).record.links
        const link = { deliveryId, role: 'customer', version: customer, lifetimeMs: forMs } as const
        return { end() {}, customerToken: await tokens.issue(link) }
      }
    }
  }

  function own(deliveryId: string): string {
    const token = riderTokenOf(deliveryId)
    if (token !== undefined) return token
    throw new ProblemError('forbidden', { detail: 'Only what was started here to be broken can be.' })
  }
}
