import { addressKey } from '../ground/address-key.ts'
import { OpenCount } from '../ground/open-count.ts'
import { ProblemError } from '../ground/problem-error.ts'

/** The boards of one instance, and the share of one address: an office has one, and in the demo it may be a stranger's. */
const MOST = { all: 200, address: 20 }

/** @throws ProblemError `rate_limited` when all places are taken, or all of this address. The function it returns gives the place back. */
export type DispatchPlaces = { take(address: string): () => void }

export function createDispatchPlaces(): DispatchPlaces {
  const all = new OpenCount(MOST.all)
  const addresses = new OpenCount(MOST.address)
  return {
    take(address) {
      const leaveAddress = addresses.take(addressKey(address))
      if (!leaveAddress) throw full('This address has the board open too many times at once.')
      const leaveAll = all.take('')
      if (leaveAll) {
        return () => {
          leaveAddress()
          leaveAll()
        }
      }
      leaveAddress()
      throw full('The board is open too many times at the moment.')
    },
  }
}

const full = (detail: string) => new ProblemError('rate_limited', { detail })
