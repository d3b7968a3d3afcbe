import ipaddr from 'ipaddr.js'

/** Whether this address is of the internet: not loopback, private, link-local or otherwise set apart (IANA's special-purpose registries). */
export function isPublicAddress(address: string): boolean {
  // A v4 address that is written as v6 is judged as what it is.
  return ipaddr.isValid(address) && ipaddr.process(address).range() === 'unicast'
}
