import { isIPv6 } from 'node:net'

/**
 * Returns the key under which an address is counted. One IPv6 customer is given at least a /64 and may use any address in
 * it (RFC 6177), so the network counts; an IPv4 address may come wrapped as IPv6 (`::ffff:192.0.2.1`).
 */
export function addressKey(address: string): string {
  if (!isIPv6(address)) return address
  const wrapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1]
  if (wrapped !== undefined) return wrapped
  const [head = '', tail] = address.split('%', 1)[0]?.split('::') ?? []
  const left = head === '' ? [] : head.split(':')
  const right = tail ? tail.split(':') : []
  const zeros = Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0')
  const network = [...left, ...zeros, ...right].slice(0, 4)
  return `${network.map((group) => Number.parseInt(group, 16).toString(16)).join(':')}::/64`
}
