import type { IncomingMessage } from 'node:http'
import { addressKey } from '../ground/address-key.ts'
import { OpenCount } from '../ground/open-count.ts'
import { ProblemError } from '../ground/problem-error.ts'

/** Of all who look inside one instance; what one address, and one browser behind the gateway, may have of it. */
const MOST = { all: 50, address: 10, browser: 5 }

export type VisitorPlaces = {
  /**
   * Takes a place, and returns how to give it back.
   * @throws ProblemError `rate_limited` when there is none, or none for this visitor
   */
  take(visitor: { address: string; request: IncomingMessage }): () => void
}

/** Each visitor has a share of the places, so that nobody can take them all. */
export function createVisitorPlaces(): VisitorPlaces {
  const all = new OpenCount(MOST.all)
  const addresses = new OpenCount(MOST.address)
  const browsers = new OpenCount(MOST.browser)

  return {
    take({ address, request }) {
      const browser = /(?:^|;\s*)inside=([^;]+)/.exec(request.headers.cookie ?? '')?.[1]
      const taken: (() => void)[] = []
      const giveBack = () => {
        for (const leave of taken) leave()
      }
      const takeOf = (count: OpenCount, key: string, detail: string) => {
        const leave = count.take(key)
        if (leave) return void taken.push(leave)
        giveBack()
        throw new ProblemError('rate_limited', { detail })
      }
      takeOf(addresses, addressKey(address), 'This address looks inside too many times at once.')
      if (browser !== undefined)
        takeOf(browsers, browser, 'This browser looks inside too many times at once.')
      takeOf(all, '', 'Too many look inside at the moment.')
      return giveBack
    },
  }
}
