/** Where push messages may be sent. */
export type PushServices = {
  /** Names of hosts, and `*.example.net` for all below that name. Empty: none is sent. */
  hosts: readonly string[]
  /** For a push service in one's own network: private addresses, http and other ports than 443 as well. */
  allowPrivate: boolean
}

/**
 * Why no message may be sent to this endpoint; null if it may. A browser names it, so it may be any address: only those of
 * known push services are taken. Whether such a name leads to a private address is looked at when a connection is made.
 */
export function refuseEndpoint(endpoint: string, { hosts, allowPrivate }: PushServices): string | null {
  if (!URL.canParse(endpoint)) return 'It is no address.'
  const { protocol, hostname, port, username, password } = new URL(endpoint)
  if (protocol !== 'https:' && !(allowPrivate && protocol === 'http:')) return 'It has to begin with https.'
  if (username !== '' || password !== '') return 'It must not have a name or password in it.'
  if (port !== '' && !allowPrivate) return 'It must not name a port.'
  if (!hosts.some((pattern) => matches(hostname, pattern)))
    return 'It is at no push service that is known here.'
  return null
}

function matches(hostname: string, pattern: string): boolean {
  const wanted = pattern.toLowerCase()
  return wanted.startsWith('*.') ? hostname.endsWith(wanted.slice(1)) : hostname === wanted
}
