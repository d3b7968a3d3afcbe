import { lookup as systemLookup } from 'node:dns'
import type { LookupFunction } from 'node:net'
import { isPublicAddress } from './public-address.ts'

export class PrivateAddressError extends Error {
  override name = 'PrivateAddressError'
}

/**
 * A look-up of names for outgoing connections that leads to the internet only. The connection is made to the very addresses
 * that were judged, so a name that answers something else the next time gains nothing.
 */
export function guardedLookup(lookUp: typeof systemLookup = systemLookup): LookupFunction {
  return (hostname, options, callback) => {
    lookUp(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, [])
      const [first] = addresses
      if (!first || !addresses.every(({ address }) => isPublicAddress(address)))
        return callback(new PrivateAddressError('The name leads to a private address'), [])
      if (options.all) callback(null, addresses)
      else callback(null, first.address, first.family)
    })
  }
}
