import type { Delivery } from '#contracts/delivery.ts'
import { shownStatus } from '../state/shown-status.ts'
import type { Connection, LinkFault, TrackingState } from '../state/tracking-state.ts'

/** One line for what is going on, and one for what to expect. */
export function headline(state: TrackingState & { delivery: Delivery }): { title: string; detail: string } {
  const { store, destination, status } = state.delivery
  const rider = state.delivery.rider.name || 'Your rider'
  switch (shownStatus(state)) {
    case 'accepted':
      return {
        title: 'Your order is being prepared',
        detail: `${rider} will pick it up at ${store.name}. The map goes live then.`,
      }
    case 'picked_up':
      return {
        title: 'On the way to you',
        detail:
          status === 'arriving'
            ? `${rider} was close to your door, and is farther away again.`
            : `${rider} has picked up your order.`,
      }
    case 'arriving':
      return { title: 'Almost there', detail: `${rider} is close to your door.` }
    case 'delivered':
      return { title: 'Delivered. Enjoy!', detail: `Your order has arrived at ${destination.name}.` }
    case 'cancelled':
      return {
        title: 'This delivery was cancelled',
        detail: `Please ask ${store.name} if you did not expect this.`,
      }
    case 'failed':
      return {
        title: 'Your order could not be handed over',
        detail: `Please ask ${store.name} what happens with it now.`,
      }
  }
}

/** Why the link does not work, and what to do. */
export function faultWords(fault: LinkFault): { title: string; detail: string } {
  switch (fault) {
    case 'replaced':
      return {
        title: 'This link has been replaced',
        detail: 'It no longer opens the delivery. Please ask whoever sent it to you for the new one.',
      }
    case 'expired':
      return {
        title: 'This link has expired',
        detail: 'Links work for a day. Please ask for a new one if you still expect a delivery.',
      }
    case 'erased':
      return {
        title: 'This delivery is not here any more',
        detail: 'It has been erased, and nothing of it is kept. Please ask the shop if you still expect it.',
      }
    case 'unknown':
      return {
        title: 'This link does not work',
        detail:
          'It may have been replaced by a new one, or a part of it was lost on the way. Please open it once more exactly as it was sent to you, or ask for a new one.',
      }
  }
}

/** Words for the customer's own connection, never for the rider's; null while it works. */
export function connectionWords(connection: Connection): string | null {
  switch (connection) {
    case 'offline':
      return 'You are offline'
    case 'reconnecting':
      return 'Your connection was interrupted. Reconnecting…'
    case 'connecting':
      return 'Connecting…'
    case 'connected':
    case 'closed':
      return null
  }
}
