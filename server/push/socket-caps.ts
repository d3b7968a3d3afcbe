import { addressKey } from '../ground/address-key.ts'
import { OpenCount } from '../ground/open-count.ts'
import { ProblemError } from '../ground/problem-error.ts'

export type SocketCaps = {
  /**
   * Takes a customer's place, and returns the function that gives it back.
   * @throws ProblemError `rate_limited` when all are taken
   */
  take(customer: { token: string; address: string; deliveryId: string }): () => void
}

/** How many customers one token, one address and one delivery may have connected to this instance at once. */
export function createSocketCaps(most: { token: number; address: number; delivery: number }): SocketCaps {
  const tokens = new OpenCount(most.token)
  const addresses = new OpenCount(most.address)
  const deliveries = new OpenCount(most.delivery)

  return {
    take({ token, address, deliveryId }) {
      const taken: (() => void)[] = []
      const release = () => {
        for (const leave of taken) leave()
      }
      for (const [count, key, what] of [
        [tokens, token, 'link'],
        [addresses, addressKey(address), 'address'],
        [deliveries, deliveryId, 'delivery'],
      ] as const) {
        const leave = count.take(key)
        if (!leave) {
          release()
          throw new ProblemError('rate_limited', {
            detail: `This ${what} is followed too many times at once.`,
          })
        }
        taken.push(leave)
      }
      return release
    },
  }
}
