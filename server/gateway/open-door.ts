import type { IncomingMessage } from 'node:http'
import type { Config } from '../config.ts'
import { type ConnectionCap, createConnectionCap } from './connection-cap.ts'
import { isFromForeignPage } from './foreign-page.ts'
import { type Door, listen } from './listen.ts'
import { createProxyTrust, type ProxyTrust } from './proxy-trust.ts'

/** The port, and what is known of a connection before anything is read of it. */
export type OpenDoor = Door & {
  proxies: ProxyTrust
  connections: ConnectionCap
  isFromForeignPage(request: IncomingMessage): boolean
}

/**
 * Takes the port; requests are told to come again until the gateway opens the door.
 * @throws StartUpError when the port cannot be had
 */
export async function openDoor(config: Config): Promise<OpenDoor> {
  const proxies = createProxyTrust(config.trustedProxies)
  const connections = createConnectionCap(config.maxConnectionsPerAddress, proxies.isTrusted)
  const door = await listen({ ...config, connections })
  return {
    ...{ ...door, proxies, connections },
    isFromForeignPage: (request) => isFromForeignPage(request, proxies),
  }
}
