import type { IncomingMessage } from 'node:http'
import { addressKey } from '../ground/address-key.ts'
import { OpenCount } from '../ground/open-count.ts'
import { ProblemError } from '../ground/problem-error.ts'

/** The places of all visitors of one instance, and the share of one address, and of one browser behind the gateway. */
const MOST = { all: 50, address: 10, browser: 5 }

export type VisitorPlaces = {
  /**
   * Takes a place, and returns the function that gives it back.
   * @throws ProblemError `rate_limited` when all are taken, or all of this visitor's
   */
  take(visitor: { address: string; request: IncomingMessage }): () => void
}

/** Each visitor has a share of the places, so that no visitor can take them all. */
export function createVisitorPlaces(): VisitorPlaces {
  const all = new OpenCount(MOST.all)
  const addresses = new OpenCount(MOST.address)
  const browsers = new OpenCount(MOST.browser)

  return {
    take({ address, request }) {
      const browser = /(?:^|;\s*)inside=([^;]+)/.exec(request.headers.cookie ?? '')?.[1]
      const taken: (() => void)[] = []
      const release = () => {
        for (const leave of taken) leave()
      }
      const takeOf = (count: OpenCount, key: string, detail: string) => {
        const leave = count.take(key)
        if (leave) return void taken.push(leave)
        release()
        throw new ProblemError('rate_limited', { detail })
      }
      takeOf(addresses, addressKey(address), 'This address looks inside too many times at once.')
      if (browser !== undefined)
        takeOf(browsers, browser, 'This browser looks inside too many times at once.')
      takeOf(all, '', 'Too many look inside at the moment.')
      return release
    },
  }
}
